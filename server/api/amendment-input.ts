import { z } from 'zod';
import { amended } from '#domain/order/amend.ts';
import { maxAmendedLines } from '#domain/order/amendment-events.ts';
import { lineIdSchema, type OrderId, type StreamId, skuSchema } from '#domain/shared/ids.ts';
import { amountMinorSchema } from '#domain/shared/money.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import { type AmendmentRequest, enrichAmendment } from '#server/runtime/enrich-amendment.ts';
import { foldWaybill, partedBy } from '#server/runtime/handle-command.ts';
import type { ApiContext } from './context.ts';
import { rejected } from './refusal.ts';
import { countryCode, discountCode, shippingMethodCode } from './shop/cart-input.ts';

const text = (most: number) => z.string().trim().min(1, 'Fill this in').max(most);
const quantity = z.int('Enter a whole number').max(100_000);

const address = z.strictObject({
  name: text(200),
  street: text(300),
  postalCode: text(20),
  city: text(120),
  region: z.string().trim().max(120).nullable(),
  country: countryCode,
});

/** The total on the person's screen, null where none was shown; when it is no longer true, nothing is asked for. */
export const agreedTotal = { agreedTotalMinor: z.int().min(0).nullable().default(null) };

/** The request that a retry must repeat: by then another total may stand on the screen, and the first answer holds. */
export const withoutAgreed = <Input extends { readonly agreedTotalMinor: number | null }>({
  agreedTotalMinor: _agreed,
  ...request
}: Input): Omit<Input, 'agreedTotalMinor'> => request;

/** What a customer may change of an order. */
export const customersAmendment = {
  added: z
    .array(z.strictObject({ lineId: lineIdSchema, sku: skuSchema, quantity: quantity.min(1) }))
    .max(maxAmendedLines)
    .default([]),
  quantities: z
    .array(z.strictObject({ lineId: lineIdSchema, quantity: quantity.min(0) }))
    .max(maxAmendedLines)
    .default([]),
  address: address.nullable().default(null),
  shippingMethod: shippingMethodCode.nullable().default(null),
};

/** What an agent may change: prices and discounts too. */
export const agentsAmendment = {
  ...customersAmendment,
  prices: z
    .array(z.strictObject({ lineId: lineIdSchema, unitPriceMinor: amountMinorSchema, reason: text(500) }))
    .max(maxAmendedLines)
    .default([]),
  discount: z.strictObject({ code: discountCode }).nullable().default(null),
};

/** The total that was shown, and the versions of the order that it was shown of; without them, of the order as it is. */
type Agreed = {
  readonly agreedTotalMinor: number | null;
  readonly decidedOn?: Readonly<Record<string, number>> | undefined;
};

/**
 * The command of a wanted change, with all that the server puts in. Throws the refusal when the change can't be priced.
 * Added lines have ids that begin with the order's: reservations are keyed by them, over all orders.
 */
export const amendmentCommand = async (
  ctx: Pick<ApiContext, 'runtime'>,
  orderId: OrderId,
  amendmentId: string,
  request: AmendmentRequest,
  { agreedTotalMinor, decidedOn }: Agreed = { agreedTotalMinor: null },
): Promise<Extract<WaybillCommand, { type: 'RequestAmendment' }>> => {
  const foreign = request.added.find(({ lineId }) => !lineId.startsWith(`${orderId}:`));
  if (foreign) throw rejected({ code: 'LineRepeated', lineId: foreign.lineId });
  const recorded = await ctx.runtime.store.readOrder(orderId);
  const { order } = foldWaybill(recorded);
  if (order.status === 'absent') throw rejected({ code: 'OrderUnknown' });
  const enriched = await enrichAmendment(ctx.runtime, order, request, new Date().toISOString());
  if (!enriched.ok) throw rejected(enriched.rejection);
  const { amendment } = enriched;
  // What others did to the order since is for the conflict to say, which shows it: here it is the prices alone.
  const seen = foldWaybill(decidedOn ? partedBy(recorded, decidedOn as Record<StreamId, number>).seen : recorded).order;
  const isMinor = seen.status === 'absent' ? agreedTotalMinor : amended(seen, amendment).totals.grandTotalMinor;
  if (agreedTotalMinor !== null && isMinor !== null && agreedTotalMinor !== isMinor)
    throw rejected({ code: 'PriceChanged', wasMinor: agreedTotalMinor, isMinor });
  return { type: 'RequestAmendment', orderId, amendmentId, amendment };
};
