import { type Role, roles } from './envelope.ts';

/** The roles that a person's account may have. Guests have none, processes act as `system`. */
export type AccountRole = Exclude<Role, 'guest' | 'system'>;
export type StaffRole = Exclude<AccountRole, 'customer'>;

export const isAccountRole = (role: unknown): role is AccountRole =>
  (roles as readonly unknown[]).includes(role) && role !== 'guest' && role !== 'system';
