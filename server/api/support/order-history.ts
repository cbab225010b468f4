import { readOrderHistory } from '#server/queries/shop-order-timeline.ts';
import { staffNames } from '#server/queries/staff-names.ts';
import { forOrder, supportProcedure } from '../procedures.ts';

/** What happened to an order, the newest first, and the names of the people who did it, by their id. */
export const orderHistory = supportProcedure
  .meta({ reads: ['order_history'] })
  .input(forOrder({}))
  .query(async ({ ctx, input }) => {
    const entries = await readOrderHistory(ctx.runtime, input.orderId);
    const people = new Set(entries.filter(({ actor }) => actor.role !== 'system').map(({ actor }) => actor.id));
    return { entries, names: await staffNames(ctx.runtime, [...people]) };
  });
