import { readOrderMails } from '#server/queries/shop-mailbox.ts';
import { forOrder, ownOrderOrStaffProcedure } from '../procedures.ts';

/** The mails about one's own order, as they were sent, or kept in the mailbox instead. */
export const orderMails = ownOrderOrStaffProcedure('support', 'admin')
  .input(forOrder({}))
  .query(({ ctx, input }) => readOrderMails(ctx.runtime, input.orderId));
