import { idSchema } from '#domain/shared/ids.ts';
import { agentsAmendment, agreedTotal, amendmentCommand, withoutAgreed } from '../amendment-input.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { commandInput, runPrepared } from '../run-command.ts';

/** Asks for a change of an order. It is made once stock and bank have said yes, as a whole or not at all. */
export const orderAmend = supportProcedure
  .input(forOrder({ ...commandInput, amendmentId: idSchema, ...agreedTotal, ...agentsAmendment }))
  .mutation(async ({ ctx, input }) => {
    const { orderId, amendmentId, agreedTotalMinor, decidedOn, commandId: _id, link: _link, ...request } = input;
    return runPrepared(ctx, orderId, withoutAgreed(input), () =>
      amendmentCommand(ctx, orderId, amendmentId, request, { agreedTotalMinor, decidedOn }),
    );
  });
