import { z } from 'zod';
import { fulfillmentIdSchema } from '#domain/shared/ids.ts';
import { forOrder, warehouseProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** The carrier could not hand the parcels over, and says why. Stands in for the carrier's own message. */
export const failDelivery = warehouseProcedure
  .input(
    forOrder({
      ...commandInput,
      fulfillmentId: fulfillmentIdSchema,
      reason: z.string().trim().min(1, 'Say why').max(200),
    }),
  )
  .mutation(({ ctx, input }) => {
    const { orderId, fulfillmentId, reason } = input;
    return runCommand(ctx, orderId, input, { type: 'FailDelivery', orderId, fulfillmentId, reason });
  });
