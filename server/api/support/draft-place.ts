import { z } from 'zod';
import type { PaymentMethod } from '#domain/order/events.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import { signOrderLink } from '#server/auth/order-link.ts';
import { readWaybill } from '#server/runtime/enrich-amendment.ts';
import { enrichPlacement } from '#server/runtime/enrich-draft.ts';
import type { ApiContext } from '../context.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { rejected } from '../refusal.ts';
import { commandInput, runPrepared } from '../run-command.ts';
import { cardOf } from '../shop/card-of.ts';

/** Of an order that costs nothing the bank is never asked. */
const nothingToPay: PaymentMethod = { kind: 'other', token: null, brand: null, last4: null };

const methodOf = async (ctx: Pick<ApiContext, 'runtime'>, token: string | null, totalMinor: number) => {
  if (token === null && totalMinor === 0) return nothingToPay;
  const card = token === null ? null : await cardOf(ctx.runtime, token);
  if (!card) throw rejected({ code: 'CardInvalid', problem: 'token_unknown' });
  return { kind: 'card', token, brand: card.brand, last4: card.last4 } as const;
};

const placement = async (
  ctx: Pick<ApiContext, 'runtime'>,
  input: {
    readonly orderId: OrderId;
    readonly commandId: string;
    readonly cardToken: string | null;
    readonly agreedTotalMinor: number;
  },
): Promise<WaybillCommand> => {
  const { orderId, agreedTotalMinor } = input;
  const { order } = await readWaybill(ctx.runtime, orderId);
  if (order.status === 'absent') throw rejected({ code: 'OrderUnknown' });
  // Said first: whoever is late should not hear of cards and prices.
  if (order.status !== 'draft') throw rejected({ code: 'DraftClosed', status: order.status });
  const method = await methodOf(ctx, input.cardToken, agreedTotalMinor);
  const enriched = await enrichPlacement(ctx.runtime, order, method, agreedTotalMinor, new Date().toISOString());
  if (!enriched.ok) throw rejected(enriched.rejection);
  return { type: 'PlaceDraftOrder', orderId, placementId: input.commandId, placed: enriched.content };
};

/**
 * Makes an order of a draft, with the card that the customer read out: its number has gone to the gateway, here is only
 * the token. Prices, tax and shipping are counted anew; when they don't come to `agreedTotalMinor`, nothing is placed.
 * From here on it is an order as any other. Answers with the signed link by which a guest sees it, and can show it to
 * their bank.
 */
export const draftPlace = supportProcedure
  .input(
    forOrder({
      ...commandInput,
      /** Null where there is nothing to pay. */
      cardToken: z.string().min(1).max(200).nullable(),
      agreedTotalMinor: z.int().min(0),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const recorded = await runPrepared(ctx, input.orderId, input, () => placement(ctx, input));
    return { ...recorded, link: signOrderLink(ctx.runtime.env.WAYBILL_LINK_KEY, input.orderId) };
  });
