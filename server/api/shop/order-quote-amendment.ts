import { amendmentCommand, customersAmendment } from '../amendment-input.ts';
import { forOrder, ownOrderProcedure } from '../procedures.ts';
import { ownRequest, refuseMoreAtGivenPrice } from './own-changes.ts';

/** Prices a change of one's own order: the exact charge or refund is shown before it is asked for. */
export const orderQuoteAmendment = ownOrderProcedure
  .input(forOrder(customersAmendment))
  .query(async ({ ctx, input }) => {
    await refuseMoreAtGivenPrice(ctx, input.orderId, input);
    const { amendment } = await amendmentCommand(ctx, input.orderId, input.orderId, ownRequest(input));
    return { amendment };
  });
