import { z } from 'zod';
import { lineIdSchema, orderIdSchema, subjectIdSchema, warehouseCodeSchema } from '../shared/ids.ts';
import { amountMinorSchema, currencySchema } from '../shared/money.ts';
import { personal } from '../shared/personal.ts';
import {
  addressSchema,
  contactSchema,
  discountSchema,
  maxOrderLines,
  orderLineSchema,
  promiseSchema,
  shippingMethodSchema,
  tierSchema,
  totalsSchema,
} from './events.ts';

/** A line's price that isn't the catalog's: what it would have been, and why an agent set another. */
export const priceOverrideSchema = z.strictObject({
  lineId: lineIdSchema,
  catalogPriceMinor: amountMinorSchema,
  reason: z.string().min(1).max(500),
});
export type PriceOverride = z.infer<typeof priceOverrideSchema>;

/** What an agent may write anew until the draft is placed. Sums and promise are as of saving: placing counts again. */
const draftContent = {
  contact: personal(contactSchema),
  shipTo: addressSchema,
  lines: z.array(orderLineSchema).max(maxOrderLines),
  overrides: z.array(priceOverrideSchema).max(maxOrderLines),
  shippingMethod: shippingMethodSchema,
  discount: discountSchema.nullable(),
  taxRateBasisPoints: z.int().min(0).max(10_000),
  totals: totalsSchema,
  promise: promiseSchema,
  /** Nearest first. */
  warehousesByDistance: z.array(warehouseCodeSchema).max(50),
  currency: currencySchema,
};

const orderId = orderIdSchema;
export const draftEventSchemas = {
  /** An agent began an order for somebody. Nothing is reserved, nothing is asked of the bank. */
  DraftOrderCreated: z.strictObject({
    orderId,
    /** Given here, so that it can be read out on the phone; the order keeps it. */
    orderNumber: z.string().min(1).max(40),
    /** Whose data these are: a draft stays one person's. */
    subjectId: subjectIdSchema,
    /** Null for a guest. */
    customerId: z.string().min(1).max(80).nullable(),
    tier: tierSchema,
    ...draftContent,
  }),
  /** The draft was written anew: all of its content takes the place of what it was (docs/adr/0023-draft-orders.md). */
  DraftOrderRevised: z.strictObject({ orderId, subjectId: subjectIdSchema, ...draftContent }),
  /** The draft came to nothing. It is kept, and can't be taken up again. */
  DraftOrderDiscarded: z.strictObject({ orderId }),
} as const;

export type DraftEvent = {
  [Type in keyof typeof draftEventSchemas]: { readonly type: Type } & z.infer<(typeof draftEventSchemas)[Type]>;
}[keyof typeof draftEventSchemas];
export type DraftOrderCreated = Extract<DraftEvent, { type: 'DraftOrderCreated' }>;
export type DraftOrderRevised = Extract<DraftEvent, { type: 'DraftOrderRevised' }>;
