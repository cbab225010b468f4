import type { AccountRole, StaffRole } from '#domain/shared/account-role.ts';
import type { Viewer } from '#server/auth/viewer.ts';

export type { AccountRole, StaffRole, Viewer };

/** Who may call a procedure. Every procedure declares one; the permission walk derives its expectations from it. */
export type AccessRule =
  | { readonly to: 'anyone' }
  /** Whoever is signed in, in any role. */
  | { readonly to: 'account' }
  | { readonly to: 'roles'; readonly roles: readonly AccountRole[] }
  /** The customer or guest who owns the order named by the input's `orderId`, and these roles for any order. */
  | { readonly to: 'order'; readonly staff: readonly StaffRole[] };

export type Access = 'allowed' | 'sign-in' | 'forbidden' | 'not-found';

/** What is known of the order that an `order` rule is about. */
export type OrderClaim = {
  /** Null when there is no such order. */
  readonly owner: { readonly customerId: string | null } | null;
  /** Whether the request carries a valid signed link to just this order. */
  readonly hasLink: boolean;
};

/** Decides an access rule. Pure. An order that is not the caller's looks just like one that doesn't exist. */
export const decideAccess = (rule: AccessRule, viewer: Viewer | null, claim: OrderClaim | null): Access => {
  switch (rule.to) {
    case 'anyone':
      return 'allowed';
    case 'account':
      return viewer ? 'allowed' : 'sign-in';
    case 'roles':
      if (!viewer) return 'sign-in';
      return rule.roles.includes(viewer.role) ? 'allowed' : 'forbidden';
    case 'order': {
      const staff: readonly AccountRole[] = rule.staff;
      if (viewer && staff.includes(viewer.role)) return 'allowed';
      if (!claim) throw new Error('An order rule was decided without its order');
      if (claim.hasLink) return claim.owner ? 'allowed' : 'not-found';
      if (!viewer) return 'sign-in';
      if (viewer.role !== 'customer') return 'forbidden';
      return claim.owner?.customerId === viewer.id ? 'allowed' : 'not-found';
    }
    default: {
      const never: never = rule;
      throw new Error(`No such access rule: ${JSON.stringify(never)}`);
    }
  }
};
