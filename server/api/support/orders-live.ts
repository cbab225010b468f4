import { TRPCError, tracked } from '@trpc/server';
import { z } from 'zod';
import { formatPosition, parsePosition } from '#domain/shared/store-position.ts';
import { head } from '#server/event-store/read-all.ts';
import { LiveFeedClosed, type LiveUpdate } from '#server/runtime/live-feed.ts';
import { supportProcedure } from '../procedures.ts';
import { inBatches } from './in-batches.ts';

/** Events within this time come as one message: a list need not follow a flash sale event by event. */
const gatherMs = 250;
const changedMost = 200;

export type OrdersChanged = {
  readonly changed: readonly string[];
  /** More orders changed than are named. */
  readonly isMore: boolean;
  /** Nothing is told of what was before this message: it is to be read. */
  readonly isStart: boolean;
};

/** What the batch of a message says of orders, 200 of them named. */
export const ordersChanged = (updates: readonly Pick<LiveUpdate, 'orderKey'>[]): OrdersChanged => {
  const all = [...new Set(updates.flatMap(({ orderKey }) => orderKey ?? []))];
  return { changed: all.slice(0, changedMost), isMore: all.length > changedMost, isStart: false };
};

/**
 * Tells which orders changed, gathered. The id of a message is the position of its last event: the token to read with,
 * and where a lost connection resumes. A stream that resumes nothing says first from where on it tells.
 */
export const ordersLive = supportProcedure
  .input(z.strictObject({ lastEventId: z.string().max(60).nullish() }))
  .subscription(async function* ({ ctx, input, signal }) {
    const resumed = input.lastEventId ? parsePosition(input.lastEventId) : null;
    try {
      const after = resumed ?? (await head(ctx.runtime.sql));
      const start: OrdersChanged = { changed: [], isMore: false, isStart: true };
      if (!resumed) yield tracked(formatPosition(after), start);
      for await (const batch of inBatches(ctx.runtime.liveFeed.subscribe('all', after, signal), gatherMs)) {
        const last = batch.at(-1);
        if (last) yield tracked(last.position, ordersChanged(batch));
      }
    } catch (error) {
      if (error instanceof LiveFeedClosed) throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause: error });
      throw error;
    }
  });
