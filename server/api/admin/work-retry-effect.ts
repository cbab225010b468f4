import { z } from 'zod';
import { idSchema } from '#domain/shared/ids.ts';
import { retryEffect } from '#server/queries/admin-retry-work.ts';
import { adminProcedure } from '../procedures.ts';

/** Makes a given-up effect due again. `changed` is false when it is not given up any more. */
export const workRetryEffect = adminProcedure
  .input(z.strictObject({ effectId: idSchema }))
  .mutation(async ({ ctx, input }) => ({ changed: await retryEffect(ctx.runtime, input.effectId) }));
