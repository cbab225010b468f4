import { z } from 'zod';
import { lineIdSchema, type OrderId, skuSchema } from '#domain/shared/ids.ts';
import { amountMinorSchema } from '#domain/shared/money.ts';
import { type DraftContent, type DraftRequest, enrichDraft } from '#server/runtime/enrich-draft.ts';
import type { ApiContext } from '../context.ts';
import { rejected } from '../refusal.ts';
import { countryCode, discountCode, shippingMethodCode } from '../shop/cart-input.ts';

const text = (most: number) => z.string().trim().min(1, 'Fill this in').max(most);
const optional = (most: number) => z.string().trim().max(most);

const price = z.strictObject({ unitPriceMinor: amountMinorSchema, reason: text(500) });
const quantity = z.int('Enter a whole number').min(1).max(100_000);

/** What a draft's price hangs on. More lines than the domain takes, so that its own words are heard. */
export const pricedInput = {
  lines: z
    .array(z.strictObject({ lineId: lineIdSchema, sku: skuSchema, quantity, price: price.nullable().default(null) }))
    .max(3_000),
  shippingMethod: shippingMethodCode.default('standard'),
  discountCode: discountCode.default(null),
};

/** All that an agent writes. What only a parcel needs may come later: placing asks for it. */
export const draftInput = {
  ...pricedInput,
  contact: z.strictObject({
    name: text(200),
    email: z.email('Enter a mail address, like ines@example.pt').max(320),
    phone: optional(40).nullable(),
  }),
  address: z.strictObject({
    name: text(200),
    street: optional(300),
    postalCode: optional(20),
    city: optional(120),
    region: optional(120).nullable(),
    country: countryCode,
  }),
};

/** The draft with all that the server puts in. Throws the refusal when it can't be priced. */
export const draftContent = async (
  ctx: Pick<ApiContext, 'runtime'>,
  orderId: OrderId,
  request: DraftRequest,
): Promise<DraftContent> => {
  // Reservations are keyed by line over all orders.
  const foreign = request.lines.find(({ lineId }) => !lineId.startsWith(`${orderId}:`));
  if (foreign) throw rejected({ code: 'LineRepeated', lineId: foreign.lineId });
  const enriched = await enrichDraft(ctx.runtime, request, new Date().toISOString());
  if (!enriched.ok) throw rejected(enriched.rejection);
  return enriched.content;
};
