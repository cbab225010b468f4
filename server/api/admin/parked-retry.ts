import { z } from 'zod';
import { retryParked } from '#server/runtime/parked.ts';
import { adminProcedure } from '../procedures.ts';

/** Has a parked key of a projection folded again from its first event. */
export const parkedRetry = adminProcedure
  .input(
    z.strictObject({
      projection: z.string().max(80),
      version: z.int().min(1),
      sourceKey: z.string().max(200),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    await retryParked(ctx.runtime.sql, input);
    ctx.log.info({ projection: input.projection, sourceKey: input.sourceKey }, 'a parked key is tried again');
  });
