import { TRPCError, tracked } from '@trpc/server';
import { z } from 'zod';
import { parsePosition } from '#domain/shared/store-position.ts';
import { LiveFeedClosed, type LiveUpdate } from '#server/runtime/live-feed.ts';
import { supportProcedure } from '../procedures.ts';
import { inBatches } from './in-batches.ts';

/** Events within this time come as one message: a list need not follow a flash sale event by event. */
const gatherMs = 250;
const changedMost = 200;

const message = (updates: readonly LiveUpdate[]) => {
  const changed = new Set<string>();
  let placed = 0;
  for (const { orderKey, type } of updates) {
    if (type === 'OrderPlaced') placed += 1;
    if (orderKey !== null && changed.size < changedMost) changed.add(orderKey);
  }
  return { changed: [...changed], placed };
};

/**
 * Tells which orders changed, gathered: at most 200 ids a message, and how many were placed. The id of a message is
 * the position of its last event: the token to read with, and where a lost connection resumes.
 */
export const ordersLive = supportProcedure
  .input(z.strictObject({ lastEventId: z.string().max(60).nullish() }))
  .subscription(async function* ({ ctx, input, signal }) {
    const after = input.lastEventId ? parsePosition(input.lastEventId) : null;
    const updates = ctx.runtime.liveFeed.subscribe('all', after, signal);
    try {
      for await (const batch of inBatches(updates, gatherMs)) {
        const last = batch.at(-1);
        if (last) yield tracked(last.position, message(batch));
      }
    } catch (error) {
      if (error instanceof LiveFeedClosed) throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause: error });
      throw error;
    }
  });
