import { forOrder, ownOrderProcedure } from '../procedures.ts';
import { returnRequest } from '../return-input.ts';
import { commandInput, runCommand } from '../run-command.ts';
import { customerEvents } from './customer-view.ts';

/** Asks to send back what was delivered. */
export const orderRequestReturn = ownOrderProcedure
  .input(forOrder({ ...commandInput, ...returnRequest }))
  .mutation(async ({ ctx, input }) => {
    const { orderId, returnId, fulfillmentId, lines, reason, resolution } = input;
    const wanted = { returnId, fulfillmentId, lines, reason, resolution };
    const recorded = await runCommand(ctx, orderId, input, { type: 'RequestReturn', orderId, ...wanted });
    return { ...recorded, events: customerEvents(recorded.events) };
  });
