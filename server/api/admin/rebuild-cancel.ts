import { z } from 'zod';
import { cancelRebuild } from '#server/runtime/rebuild-requests.ts';
import { adminProcedure } from '../procedures.ts';

/** Asks a rebuild to stop; the live tables stay as they are. `changed` is false when it has ended. */
export const rebuildCancel = adminProcedure
  .input(z.strictObject({ rebuildId: z.int().min(1) }))
  .mutation(async ({ ctx, input }) => ({ changed: await cancelRebuild(ctx.runtime.sql, input.rebuildId) }));
