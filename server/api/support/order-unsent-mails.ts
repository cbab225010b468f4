import { idSchema } from '#domain/shared/ids.ts';
import { retryEffect } from '#server/queries/admin-retry-work.ts';
import { readUnsentMails } from '#server/queries/desk/unsent-mails.ts';
import { forOrder, supportProcedure } from '../procedures.ts';

/** Mails about the order that could not be delivered: the customer doesn't know what the record says. */
export const orderUnsentMails = supportProcedure
  .input(forOrder({}))
  .query(({ ctx, input }) => readUnsentMails(ctx.runtime, input.orderId));

/** Has an undelivered mail tried once more. `changed` is false when it is none of the order's, or not given up. */
export const orderRetryMail = supportProcedure
  .input(forOrder({ effectId: idSchema }))
  .mutation(async ({ ctx, input }) => {
    const unsent = await readUnsentMails(ctx.runtime, input.orderId);
    if (!unsent.some(({ effectId }) => effectId === input.effectId)) return { changed: false };
    return { changed: await retryEffect(ctx.runtime, input.effectId) };
  });
