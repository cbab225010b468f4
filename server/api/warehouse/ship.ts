import { z } from 'zod';
import { fulfillmentIdSchema } from '#domain/shared/ids.ts';
import { forOrder, warehouseProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** The carrier has the parcels. From here on the money is captured and the stock leaves the books. */
export const ship = warehouseProcedure
  .input(
    forOrder({
      ...commandInput,
      fulfillmentId: fulfillmentIdSchema,
      carrier: z.string().trim().min(1, 'Choose a carrier').max(60),
      trackingNumber: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9-]{6,40}$/, 'Enter the number on the label: 6 to 40 letters and digits'),
    }),
  )
  .mutation(({ ctx, input }) => {
    const { orderId, fulfillmentId, carrier, trackingNumber } = input;
    return runCommand(ctx, orderId, input, {
      type: 'ShipFulfillment',
      orderId,
      fulfillmentId,
      carrier,
      trackingNumber,
    });
  });
