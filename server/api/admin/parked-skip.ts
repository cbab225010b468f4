import { z } from 'zod';
import { idSchema } from '#domain/shared/ids.ts';
import { skipParked } from '#server/runtime/parked.ts';
import { adminProcedure } from '../procedures.ts';

/** Leaves the event that parked a key out of this fold for ever, with the reason, and folds the key without it. */
export const parkedSkip = adminProcedure
  .input(
    z.strictObject({
      projection: z.string().max(80),
      version: z.int().min(1),
      fold: z.string().max(80),
      sourceKey: z.string().max(200),
      eventId: idSchema,
      reason: z.string().trim().min(3, 'Say why, in a few words').max(300),
    }),
  )
  .mutation(async ({ ctx, input: { reason, ...parked } }) => {
    await skipParked(ctx.runtime.sql, parked, reason, ctx.viewer.id);
    ctx.log.warn({ projection: parked.projection, eventId: parked.eventId }, 'an event is left out of a projection');
  });
