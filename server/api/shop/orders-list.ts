import { z } from 'zod';
import { orderIdSchema } from '#domain/shared/ids.ts';
import { listOrdersOf } from '#server/queries/order-status.ts';
import { customerProcedure } from '../procedures.ts';

/** One's own orders, the newest first. `next` is the cursor of the following page, null on the last. */
export const ordersList = customerProcedure
  .meta({ reads: ['order_status'] })
  .input(
    z.strictObject({
      cursor: z.strictObject({ placedAt: z.iso.datetime(), orderId: orderIdSchema }).nullish(),
      /** Sent along by TanStack's infinite queries. */
      direction: z.literal('forward').optional(),
      limit: z.int().min(1).max(100).default(20),
    }),
  )
  .query(async ({ ctx, input: { cursor, limit } }) => {
    const found = await listOrdersOf(ctx.runtime, ctx.viewer.id, cursor ?? null, limit + 1);
    // How many checks hold an order up is no secret; which, is for staff.
    const items = found.slice(0, limit).map(({ holds, ...item }) => ({ ...item, isHeld: holds.length > 0 }));
    const last = items.at(-1);
    const hasMore = found.length > limit && last !== undefined;
    return { items, next: hasMore ? { placedAt: last.placedAt, orderId: last.orderId } : null };
  });
