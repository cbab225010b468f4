import { tagSchema } from '#domain/order/events.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Takes a tag off. Never conflicts. */
export const orderUntag = supportProcedure
  .input(forOrder({ ...commandInput, tag: tagSchema }))
  .mutation(({ ctx, input }) => {
    const { orderId, tag } = input;
    return runCommand(ctx, orderId, { ...input, decidedOn: undefined }, { type: 'UntagOrder', orderId, tag });
  });
