import type { AccountRole } from '#server/api/access.ts';

/** Where each role's work begins. */
export const homeOf = {
  customer: '/',
  support: '/support',
  warehouse: '/warehouse',
  admin: '/admin',
  auditor: '/audit',
} as const satisfies Record<AccountRole, string>;

/** What people call the roles. */
export const roleWords = {
  customer: 'customer',
  support: 'support',
  warehouse: 'warehouse',
  admin: 'administrator',
  auditor: 'auditor',
} as const satisfies Record<AccountRole, string>;

/** Where to go on to: `next` when it is a path of ours, nothing else. An address elsewhere would make us its lure. */
export const localPath = (next: string | null | undefined): string | null =>
  next && /^\/(?![/\\])/.test(next) && !next.includes('\\') ? next : null;
