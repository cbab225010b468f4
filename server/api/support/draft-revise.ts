import { forOrder, supportProcedure } from '../procedures.ts';
import { commandInput, runPrepared } from '../run-command.ts';
import { draftContent, draftInput } from './draft-input.ts';

/** Writes a draft anew: all of its content takes the place of what it was. Whom it is for stays. */
export const draftRevise = supportProcedure
  .input(forOrder({ ...commandInput, ...draftInput }))
  .mutation(({ ctx, input }) => {
    const { orderId, commandId: _id, decidedOn: _seen, link: _link, ...request } = input;
    return runPrepared(ctx, orderId, input, async () => ({
      type: 'ReviseDraftOrder',
      orderId,
      ...(await draftContent(ctx, orderId, request)),
    }));
  });
