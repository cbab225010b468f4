import { forOrder, supportProcedure } from '../procedures.ts';
import { returnRequest } from '../return-input.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Asks for a return in the customer's name. */
export const orderRequestReturn = supportProcedure
  .input(forOrder({ ...commandInput, ...returnRequest }))
  .mutation(({ ctx, input }) => {
    const { orderId, returnId, fulfillmentId, lines, reason, resolution } = input;
    const wanted = { returnId, fulfillmentId, lines, reason, resolution };
    return runCommand(ctx, orderId, input, { type: 'RequestReturn', orderId, ...wanted });
  });
