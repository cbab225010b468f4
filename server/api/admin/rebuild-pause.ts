import { z } from 'zod';
import { pauseRebuild } from '#server/runtime/rebuild-requests.ts';
import { adminProcedure } from '../procedures.ts';

/** Pauses a rebuild, or lets it go on. `changed` is false when it has ended. */
export const rebuildPause = adminProcedure
  .input(z.strictObject({ rebuildId: z.int().min(1), paused: z.boolean() }))
  .mutation(async ({ ctx, input }) => ({
    changed: await pauseRebuild(ctx.runtime.sql, input.rebuildId, input.paused),
  }));
