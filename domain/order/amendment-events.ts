import { z } from 'zod';
import { lineIdSchema, orderIdSchema, skuSchema, subjectIdSchema, warehouseCodeSchema } from '../shared/ids.ts';
import { amountMinorMost, amountMinorSchema, currencySchema } from '../shared/money.ts';
import {
  addressSchema,
  discountSchema,
  orderLineSchema,
  promiseSchema,
  shippingMethodSchema,
  totalsSchema,
} from './events.ts';

/** More at once than a person could look through before confirming. */
export const maxAmendedLines = 500;

/** A line before it is priced: what of it doesn't depend on the others. */
export const unpricedLineSchema = orderLineSchema.omit({ discountMinor: true, taxMinor: true, totalMinor: true });
export type UnpricedLine = z.infer<typeof unpricedLineSchema>;

/** What a line has come to, with what read models count it by. */
const linePriceSchema = orderLineSchema.pick({
  lineId: true,
  sku: true,
  quantity: true,
  discountMinor: true,
  taxMinor: true,
  totalMinor: true,
});
const reason = z.string().min(1).max(500);

/** How and when it comes; asked for anew with another address, since tax and distance follow the country. */
export const deliverySchema = z.strictObject({
  method: shippingMethodSchema,
  promise: promiseSchema,
  taxRateBasisPoints: z.int().min(0).max(10_000),
  /** Nearest first. */
  warehousesByDistance: z.array(warehouseCodeSchema).max(50),
});
export type Delivery = z.infer<typeof deliverySchema>;

/** What should become of an order that is on its way. All of it happens, or nothing. */
export const amendmentSchema = z.strictObject({
  added: z.array(unpricedLineSchema).max(maxAmendedLines),
  /** New quantities; 0 removes the line. */
  quantities: z
    .array(z.strictObject({ lineId: lineIdSchema, quantity: z.int().min(0).max(100_000) }))
    .max(maxAmendedLines),
  prices: z
    .array(z.strictObject({ lineId: lineIdSchema, unitPriceMinor: amountMinorSchema, reason }))
    .max(maxAmendedLines),
  /** Null: the discount stays as it is. `to` null: it is taken away. */
  discount: z.strictObject({ to: discountSchema.nullable() }).nullable(),
  shipTo: addressSchema.nullable(),
  delivery: deliverySchema.nullable(),
  /** The return that the added lines replace; they cost nothing then. */
  exchangeFor: z.uuid().nullable(),
});
export type Amendment = z.infer<typeof amendmentSchema>;

export const declineReasonSchema = z.discriminatedUnion('code', [
  z.strictObject({
    code: z.literal('SoldOut'),
    lines: z.array(
      z.strictObject({ lineId: lineIdSchema, sku: skuSchema, requested: z.int().min(1), available: z.int().min(0) }),
    ),
  }),
  z.strictObject({ code: z.literal('PaymentDeclined'), declineCode: z.string().max(60) }),
  z.strictObject({ code: z.literal('PaymentNotCompleted') }),
  /** The order went on meanwhile: the rejection that completing met with. */
  z.strictObject({ code: z.literal('OrderMoved'), rejection: z.string().max(60) }),
]);
export type AmendmentDeclineReason = z.infer<typeof declineReasonSchema>;

const amendment = { orderId: orderIdSchema, amendmentId: z.uuid() };
const forLine = { ...amendment, lineId: lineIdSchema, sku: skuSchema };
const quantity = z.int().min(1).max(100_000);
const signedAmount = z.int().min(-amountMinorMost).max(amountMinorMost);

export const amendmentEventSchemas = {
  /** The intent, recorded before stock and bank are asked. */
  AmendmentRequested: z.strictObject({
    ...amendment,
    subjectId: subjectIdSchema,
    ...amendmentSchema.shape,
    /** What must be held in stock beyond what the order has. */
    additions: z.array(z.strictObject({ lineId: lineIdSchema, sku: skuSchema, quantity })).max(maxAmendedLines),
    warehousesByDistance: z.array(warehouseCodeSchema).max(50),
    currency: currencySchema,
    totalsBefore: totalsSchema,
    totalsAfter: totalsSchema,
    /** To be authorized beyond what the bank holds already. */
    chargeMinor: amountMinorSchema,
    /** To be given back of what was captured. */
    refundMinor: amountMinorSchema,
  }),
  OrderLineAdded: z.strictObject({ ...amendment, line: unpricedLineSchema }),
  OrderLineQuantityChanged: z.strictObject({ ...forLine, from: quantity, to: quantity }),
  OrderLineRemoved: z.strictObject({ ...forLine, quantity }),
  OrderLinePriceOverridden: z.strictObject({
    ...forLine,
    currency: currencySchema,
    from: amountMinorSchema,
    to: amountMinorSchema,
    reason,
  }),
  DiscountApplied: z.strictObject({ ...amendment, discount: discountSchema }),
  DiscountRemoved: z.strictObject({ ...amendment, discount: discountSchema }),
  ShippingAddressChanged: z.strictObject({
    ...amendment,
    subjectId: subjectIdSchema,
    from: addressSchema,
    to: addressSchema,
  }),
  ShippingMethodChanged: z.strictObject({ ...amendment, from: shippingMethodSchema, to: shippingMethodSchema }),
  /** Ends the batch of an amendment: what everything costs from here on. */
  OrderAmended: z.strictObject({
    ...amendment,
    prices: z.array(linePriceSchema).max(2_000),
    taxRateBasisPoints: z.int().min(0).max(10_000),
    promise: promiseSchema,
    warehousesByDistance: z.array(warehouseCodeSchema).max(50),
    currency: currencySchema,
    totalsBefore: totalsSchema,
    totalsAfter: totalsSchema,
    /** After less before. */
    balanceDelta: signedAmount,
    refundMinor: amountMinorSchema,
  }),
  AmendmentDeclined: z.strictObject({ ...amendment, reason: declineReasonSchema }),
  /** A part of the order is called off; the rest goes on. */
  OrderLinesCanceled: z.strictObject({
    orderId: orderIdSchema,
    lines: z
      .array(z.strictObject({ lineId: lineIdSchema, sku: skuSchema, quantity }))
      .min(1)
      .max(2_000),
    reason,
    /** Whether the goods go back on sale. */
    restock: z.boolean(),
    prices: z.array(linePriceSchema).max(2_000),
    currency: currencySchema,
    totalsBefore: totalsSchema,
    totalsAfter: totalsSchema,
    refundMinor: amountMinorSchema,
  }),
} as const;

export type AmendmentEvent = {
  [Type in keyof typeof amendmentEventSchemas]: { readonly type: Type } & z.infer<(typeof amendmentEventSchemas)[Type]>;
}[keyof typeof amendmentEventSchemas];
export type AmendmentRequested = Extract<AmendmentEvent, { type: 'AmendmentRequested' }>;
