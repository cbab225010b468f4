import { tagSchema } from '#domain/order/events.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Puts a tag on any order; `tag` as `tagFrom` makes it of what was typed. Tags never conflict. */
export const orderTag = supportProcedure
  .input(forOrder({ ...commandInput, tag: tagSchema }))
  .mutation(({ ctx, input }) => {
    const { orderId, tag } = input;
    // Where a colleague has just done the same, nothing changes: no reason to ask the agent.
    return runCommand(ctx, orderId, { ...input, decidedOn: undefined }, { type: 'TagOrder', orderId, tag });
  });
