import { z } from 'zod';
import { idSchema } from '#domain/shared/ids.ts';
import { retryParkedOrder } from '#server/queries/admin-retry-work.ts';
import { adminProcedure } from '../procedures.ts';

/** Has an order that processes parked tried at once. `changed` is false when it is not parked any more. */
export const workRetryOrder = adminProcedure
  .input(z.strictObject({ orderKey: idSchema }))
  .mutation(async ({ ctx, input }) => ({ changed: await retryParkedOrder(ctx.runtime, input.orderKey) }));
