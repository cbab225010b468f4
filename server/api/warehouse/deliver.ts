import { fulfillmentIdSchema } from '#domain/shared/ids.ts';
import { forOrder, warehouseProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** The carrier has handed the parcels over. Stands in for the carrier's own message. */
export const deliver = warehouseProcedure
  .input(forOrder({ ...commandInput, fulfillmentId: fulfillmentIdSchema }))
  .mutation(({ ctx, input }) => {
    const { orderId, fulfillmentId } = input;
    return runCommand(ctx, orderId, input, { type: 'DeliverFulfillment', orderId, fulfillmentId });
  });
