import { agentsAmendment, amendmentCommand } from '../amendment-input.ts';
import { forOrder, supportProcedure } from '../procedures.ts';

/**
 * Prices a change of an order without asking for it. The browser decides with the answer what it will come to: old
 * and new total, what will be charged or given back, or why it can't be done.
 */
export const orderQuoteAmendment = supportProcedure.input(forOrder(agentsAmendment)).query(async ({ ctx, input }) => {
  const { orderId, link: _link, ...request } = input;
  // The id is of no matter to what it costs.
  const { amendment } = await amendmentCommand(ctx, orderId, orderId, request);
  return { amendment };
});
