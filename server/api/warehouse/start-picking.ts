import { fulfillmentIdSchema } from '#domain/shared/ids.ts';
import { forOrder, warehouseProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** The caller takes a fulfillment on. Refused while the order is held, and once somebody else has taken it. */
export const startPicking = warehouseProcedure
  .input(forOrder({ ...commandInput, fulfillmentId: fulfillmentIdSchema }))
  .mutation(({ ctx, input }) => {
    const { orderId, fulfillmentId } = input;
    return runCommand(ctx, orderId, input, { type: 'StartPicking', orderId, fulfillmentId, picker: ctx.actor.id });
  });
