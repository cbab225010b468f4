import { z } from 'zod';
import type { Tier } from '#domain/order/events.ts';
import type { SubjectId } from '#domain/shared/ids.ts';
import { customerTier } from '#server/queries/find-customers.ts';
import type { ApiContext } from '../context.ts';
import { forOrder, guestActor, supportProcedure } from '../procedures.ts';
import { rejected } from '../refusal.ts';
import { commandInput, runPrepared } from '../run-command.ts';
import { draftContent, draftInput } from './draft-input.ts';

const tierOf = async (ctx: Pick<ApiContext, 'runtime'>, customerId: string | null): Promise<Tier> => {
  if (customerId === null) return 'standard';
  const tier = await customerTier(ctx.runtime, customerId);
  if (tier === null) throw rejected({ code: 'CustomerUnknown' });
  return tier;
};

/**
 * Begins an order for a customer, or for a guest (`customerId` null). Nothing is reserved and nobody is charged. It gets
 * its number now, so that it can be read out.
 */
export const draftCreate = supportProcedure
  .input(forOrder({ ...commandInput, customerId: z.string().min(1).max(80).nullable(), ...draftInput }))
  .mutation(({ ctx, input }) => {
    const { orderId, customerId, commandId: _id, decidedOn: _seen, link: _link, ...request } = input;
    return runPrepared(ctx, orderId, input, async () => {
      const [content, tier] = await Promise.all([draftContent(ctx, orderId, request), tierOf(ctx, customerId)]);
      return {
        type: 'CreateDraftOrder',
        orderId,
        orderNumber: await ctx.runtime.orderNumbers.next(),
        subjectId: (customerId ?? guestActor(orderId).id) as SubjectId,
        customerId,
        tier,
        ...content,
      };
    });
  });
