import { TRPCError, tracked } from '@trpc/server';
import { z } from 'zod';
import { orderIdSchema } from '#domain/shared/ids.ts';
import { parsePosition } from '#domain/shared/store-position.ts';
import { orderOwner } from '#server/queries/order-owner.ts';
import { LiveFeedClosed } from '#server/runtime/live-feed.ts';
import { customerProcedure } from '../procedures.ts';

/** The text form of a store position. */
const position = z.string().max(60);

/**
 * Tells that something happened to one of one's own orders: which, once and in store order. The id of each message is
 * its position; a lost connection resumes after the last one (`lastEventId`), a list starts after the newest position
 * of its rows (`after`).
 */
export const liveOrders = customerProcedure
  .input(
    z.strictObject({
      orderIds: z.array(orderIdSchema).min(1).max(100),
      after: position.nullish(),
      lastEventId: position.nullish(),
    }),
  )
  .subscription(async function* ({ ctx, input, signal }) {
    const owners = await Promise.all(input.orderIds.map((orderId) => orderOwner(ctx.runtime, orderId)));
    // Somebody else's order looks like one that doesn't exist.
    if (owners.some((owner) => owner?.customerId !== ctx.viewer.id)) throw new TRPCError({ code: 'NOT_FOUND' });
    const from = input.lastEventId ?? input.after ?? null;
    const after = from === null ? null : parsePosition(from);
    try {
      for await (const update of ctx.runtime.liveFeed.subscribe({ orderKeys: input.orderIds }, after, signal))
        yield tracked(update.position, { orderId: update.orderKey });
    } catch (error) {
      // Retryable: the client subscribes again after the last position that it got.
      if (error instanceof LiveFeedClosed) throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause: error });
      throw error;
    }
  });
