import { z } from 'zod';
import { parcelSchema } from '#domain/fulfillment/events.ts';
import { fulfillmentIdSchema } from '#domain/shared/ids.ts';
import { forOrder, warehouseProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** What was picked is in its parcels. `weightGrams` is what the scale says. */
export const pack = warehouseProcedure
  .input(
    forOrder({
      ...commandInput,
      fulfillmentId: fulfillmentIdSchema,
      packages: z.array(parcelSchema).min(1).max(100),
    }),
  )
  .mutation(({ ctx, input }) => {
    const { orderId, fulfillmentId, packages } = input;
    return runCommand(ctx, orderId, input, { type: 'PackFulfillment', orderId, fulfillmentId, packages });
  });
