import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { Actor } from '#domain/shared/envelope.ts';
import { type OrderId, orderIdSchema } from '#domain/shared/ids.ts';
import { judgeOrderLink } from '#server/auth/order-link.ts';
import { orderOwner } from '#server/queries/order-owner.ts';
import { type AccessRule, type AccountRole, decideAccess, type StaffRole, type Viewer } from './access.ts';
import type { ApiContext } from './context.ts';
import { waitForReads } from './reads.ts';
import { conflicted, RefusalCause, rejected } from './refusal.ts';
import { customerEvents } from './shop/customer-view.ts';
import { bareProcedure } from './trpc.ts';
import { refuseWhilePaused, tellUnavailable } from './unavailable.ts';
import { withinTime } from './within-time.ts';

const refuse = (access: 'sign-in' | 'forbidden' | 'not-found'): never => {
  const code = { 'sign-in': 'UNAUTHORIZED', forbidden: 'FORBIDDEN', 'not-found': 'NOT_FOUND' } as const;
  throw new TRPCError({ code: code[access] });
};

const signedIn = (viewer: Viewer | null): Viewer => viewer ?? refuse('sign-in');

const actorOf = (viewer: Viewer): Actor => ({ id: viewer.id, role: viewer.role });

/** The guest of an order acts under the order's own subject. */
export const guestActor = (orderId: string): Actor => ({ id: `guest-${orderId}`, role: 'guest' });

const base = bareProcedure.use(withinTime).use(refuseWhilePaused).use(tellUnavailable);

const forRoles = (rule: AccessRule) =>
  base
    .meta({ access: rule })
    .use(({ ctx, next }) => {
      const access = decideAccess(rule, ctx.viewer, null);
      if (access !== 'allowed') refuse(access);
      const viewer = signedIn(ctx.viewer);
      return next({ ctx: { viewer, actor: actorOf(viewer) } });
    })
    .use(waitForReads);

const roles = (...allowed: readonly AccountRole[]) => forRoles({ to: 'roles', roles: allowed });

/** For everybody, signed in or not. */
export const publicProcedure = base.meta({ access: { to: 'anyone' } }).use(waitForReads);
/** For customers, on what is their own: filter by `ctx.viewer.id`. `ctx.viewer` and `ctx.actor` are set. */
export const customerProcedure = roles('customer');
export const supportProcedure = roles('support', 'admin');
export const warehouseProcedure = roles('warehouse', 'admin');
export const adminProcedure = roles('admin');
export const auditorProcedure = roles('auditor', 'admin');

/** What an order procedure's input starts with; `link` is the signed link token of a guest. */
const orderInput = { orderId: orderIdSchema, link: z.string().max(500).optional() };

/** The strict input of a procedure about one order: `orderId`, a guest's `link`, and what `shape` adds. */
export const forOrder = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject({ ...orderInput, ...shape });

const claimed = z.object(orderInput);

const claimOn = async (ctx: ApiContext, orderId: OrderId, link: string | undefined) => {
  const owner = await orderOwner(ctx.runtime, orderId);
  const judged = link === undefined ? 'wrong' : judgeOrderLink(ctx.runtime.env.WAYBILL_LINK_KEY, link, orderId);
  return { owner, hasLink: judged === 'opens', hasExpiredLink: judged === 'expired' };
};

/** What others did is told to customers as their order's page tells it: without what staff wrote for each other. */
const forCustomer = (error: TRPCError): TRPCError => {
  const refusal = error.cause instanceof RefusalCause ? error.cause.refusal : null;
  return refusal?.kind === 'conflict' ? conflicted(customerEvents(refusal.events), refusal.token) : error;
};

const forOwnOrder = (rule: Extract<AccessRule, { to: 'order' }>) =>
  base
    .meta({ access: rule })
    .use(async ({ ctx, next, getRawInput, type }) => {
      const staff: readonly AccountRole[] = rule.staff;
      const input = claimed.safeParse(await getRawInput());
      // Validation would say the same, but who is nobody must not learn more than that.
      if (!input.success)
        throw new TRPCError({ code: ctx.viewer ? 'BAD_REQUEST' : 'UNAUTHORIZED', cause: input.error });
      const { orderId, link } = input.data;
      const isStaff = ctx.viewer !== null && staff.includes(ctx.viewer.role);
      const claim = isStaff ? null : await claimOn(ctx, orderId, link);
      const access = decideAccess(rule, ctx.viewer, claim);
      // Whoever holds a link that we signed once may know why it no longer opens the order.
      if (access !== 'allowed' && claim?.hasExpiredLink) throw rejected({ code: 'LinkExpired' });
      if (access !== 'allowed') refuse(access);
      // A colleague with the guest's mail at hand must not act as the guest: history would name the wrong one.
      const isOnDuty = ctx.viewer !== null && ctx.viewer.role !== 'customer';
      if (type === 'mutation' && isOnDuty && !isStaff) refuse('forbidden');
      const isOwnAccount = ctx.viewer !== null && claim?.owner?.customerId === ctx.viewer.id;
      const actor = ctx.viewer && (isStaff || isOwnAccount) ? actorOf(ctx.viewer) : guestActor(orderId);
      const result = await next({ ctx: { actor, isStaff } });
      if (!result.ok && !isStaff) throw forCustomer(result.error);
      return result;
    })
    .use(waitForReads);

/** For the customer or guest who owns the order in the input (start it with `forOrder`). `ctx.actor` is set. */
export const ownOrderProcedure = forOwnOrder({ to: 'order', staff: [] });

/** Like `ownOrderProcedure`, and for these roles on any order. */
export const ownOrderOrStaffProcedure = (...staff: readonly StaffRole[]) => forOwnOrder({ to: 'order', staff });
