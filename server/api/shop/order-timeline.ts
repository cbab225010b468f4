import { readOrderHistory } from '#server/queries/shop-order-timeline.ts';
import { forOrder, ownOrderProcedure } from '../procedures.ts';
import { customerEntry } from './customer-view.ts';

/** What happened to one's own order, the newest first, without what staff wrote for each other. */
export const orderTimeline = ownOrderProcedure
  .meta({ reads: ['order_history'] })
  .input(forOrder({}))
  .query(async ({ ctx, input }) =>
    (await readOrderHistory(ctx.runtime, input.orderId)).flatMap((entry) => customerEntry(entry) ?? []),
  );
