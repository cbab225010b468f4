import { idSchema } from '#domain/shared/ids.ts';
import { agreedTotal, amendmentCommand, customersAmendment, withoutAgreed } from '../amendment-input.ts';
import { forOrder, ownOrderProcedure } from '../procedures.ts';
import { commandInput, runPrepared } from '../run-command.ts';
import { customerEvents } from './customer-view.ts';
import { ownRequest, refuseMoreAtGivenPrice, refuseOncePicked } from './own-changes.ts';

/** Asks for a change of one's own order, as long as nobody has begun to pick it. */
export const orderAmend = ownOrderProcedure
  .input(forOrder({ ...commandInput, amendmentId: idSchema, ...agreedTotal, ...customersAmendment }))
  .mutation(async ({ ctx, input }) => {
    const { orderId, amendmentId } = input;
    const recorded = await runPrepared(ctx, orderId, withoutAgreed(input), async () => {
      await refuseOncePicked(ctx, orderId);
      await refuseMoreAtGivenPrice(ctx, orderId, input);
      return amendmentCommand(ctx, orderId, amendmentId, ownRequest(input), input);
    });
    return { ...recorded, events: customerEvents(recorded.events) };
  });
