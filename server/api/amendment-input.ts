import { z } from 'zod';
import { amended } from '#domain/order/amend.ts';
import { maxAmendedLines } from '#domain/order/amendment-events.ts';
import { lineIdSchema, type OrderId, skuSchema } from '#domain/shared/ids.ts';
import { amountMinorSchema } from '#domain/shared/money.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import { type AmendmentRequest, enrichAmendment, readWaybill } from '#server/runtime/enrich-amendment.ts';
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

/**
 * The command of a wanted change, with all that the server puts in. Throws the refusal when the change can't be priced.
 * Added lines have ids that begin with the order's: reservations are keyed by them, over all orders.
 */
export const amendmentCommand = async (
  ctx: Pick<ApiContext, 'runtime'>,
  orderId: OrderId,
  amendmentId: string,
  request: AmendmentRequest,
  agreedTotalMinor: number | null = null,
): Promise<Extract<WaybillCommand, { type: 'RequestAmendment' }>> => {
  const foreign = request.added.find(({ lineId }) => !lineId.startsWith(`${orderId}:`));
  if (foreign) throw rejected({ code: 'LineRepeated', lineId: foreign.lineId });
  const { order } = await readWaybill(ctx.runtime, orderId);
  if (order.status === 'absent') throw rejected({ code: 'OrderUnknown' });
  const enriched = await enrichAmendment(ctx.runtime, order, request, new Date().toISOString());
  if (!enriched.ok) throw rejected(enriched.rejection);
  const { amendment } = enriched;
  const isMinor = amended(order, amendment).totals.grandTotalMinor;
  if (agreedTotalMinor !== null && agreedTotalMinor !== isMinor)
    throw rejected({ code: 'PriceChanged', wasMinor: agreedTotalMinor, isMinor });
  return { type: 'RequestAmendment', orderId, amendmentId, amendment };
};
