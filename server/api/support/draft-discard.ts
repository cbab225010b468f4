import { forOrder, supportProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Ends a draft without an order. It stays on record, and can't be taken up again. */
export const draftDiscard = supportProcedure.input(forOrder(commandInput)).mutation(({ ctx, input }) => {
  const { orderId } = input;
  return runCommand(ctx, orderId, input, { type: 'DiscardDraftOrder', orderId });
});
