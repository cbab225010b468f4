import { TRPCError, tracked } from '@trpc/server';
import { z } from 'zod';
import { parsePosition } from '#domain/shared/store-position.ts';
import { LiveFeedClosed } from '#server/runtime/live-feed.ts';
import { forOrder, ownOrderOrStaffProcedure } from '../procedures.ts';

/** The text form of a store position. */
const position = z.string().max(60);

/**
 * Tells that something happened to an order: each event's type, stream, version and position, once and in store
 * order. The id of each message is its position; a lost connection resumes after the last one (`lastEventId`), a
 * page starts after the position of the row that it shows (`after`). What happened, the screen asks for, with the
 * position as its token.
 */
export const liveOrder = ownOrderOrStaffProcedure('support', 'warehouse', 'admin', 'auditor')
  .input(forOrder({ after: position.nullish(), lastEventId: position.nullish() }))
  .subscription(async function* ({ ctx, input, signal }) {
    const from = input.lastEventId ?? input.after ?? null;
    // A position that is none starts from now: the screen has then just loaded anyway.
    const after = from === null ? null : parsePosition(from);
    try {
      for await (const update of ctx.runtime.liveFeed.subscribe({ orderKey: input.orderId }, after, signal)) {
        const { type, streamId, version, eventId, correlationId } = update;
        yield tracked(update.position, { type, streamId, version, eventId, correlationId });
      }
    } catch (error) {
      // Retryable: the client subscribes again after the last position that it got.
      if (error instanceof LiveFeedClosed) throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause: error });
      throw error;
    }
  });
