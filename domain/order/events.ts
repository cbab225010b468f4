import { z } from 'zod';
import { lineIdSchema, orderIdSchema, skuSchema, subjectIdSchema, warehouseCodeSchema } from '../shared/ids.ts';
import { amountMinorSchema, currencySchema } from '../shared/money.ts';
import { personal } from '../shared/personal.ts';
import type { AmendmentEvent } from './amendment-events.ts';
import type { DraftEvent } from './draft-events.ts';
import type { ReturnEvent } from './return-events.ts';

/** More lines than this make an order that no screen, picker or lock should carry (design, section 3). */
export const maxOrderLines = 2_000;

export const contactSchema = z.strictObject({
  name: z.string().min(1).max(200),
  email: z.email().max(320),
  phone: z.string().max(40).nullable(),
});
export type Contact = z.infer<typeof contactSchema>;

export const recipientSchema = z.strictObject({
  name: z.string().min(1).max(200),
  street: z.string().max(300),
});
export type Recipient = z.infer<typeof recipientSchema>;

export const addressSchema = z.strictObject({
  recipient: personal(recipientSchema),
  postalCode: z.string().max(20),
  city: z.string().max(120),
  region: z.string().max(120).nullable(),
  /** ISO 3166-1 alpha-2. */
  country: z.string().regex(/^[A-Z]{2}$/),
});
export type Address = z.infer<typeof addressSchema>;

export const orderLineSchema = z.strictObject({
  lineId: lineIdSchema,
  sku: skuSchema,
  name: z.string().min(1).max(300),
  /** The product's picture and the hue of its ground, as at placing. */
  picture: z.string().max(80).nullable(),
  hue: z.int().min(0).max(360),
  /** Where the picker finds it, such as `C-04-2`. */
  bin: z.string().max(20).nullable(),
  quantity: z.int().min(1).max(100_000),
  unitPriceMinor: amountMinorSchema,
  /** This line's part of the order's discount. */
  discountMinor: amountMinorSchema,
  /** Tax inside (quantity × unit price − discount). */
  taxMinor: amountMinorSchema,
  /** quantity × unit price − discount. */
  totalMinor: amountMinorSchema,
});
export type OrderLine = z.infer<typeof orderLineSchema>;

export const totalsSchema = z.strictObject({
  linesMinor: amountMinorSchema,
  discountMinor: amountMinorSchema,
  shippingMinor: amountMinorSchema,
  /** Included in the grand total. */
  taxMinor: amountMinorSchema,
  grandTotalMinor: amountMinorSchema,
});
export type Totals = z.infer<typeof totalsSchema>;

export const discountSchema = z.strictObject({
  code: z.string().min(1).max(40),
  /** What it takes off: a share of the lines, or an amount. */
  kind: z.enum(['percent', 'amount']),
  /** Basis points for `percent`, minor units for `amount`. */
  value: z.int().min(1),
});
export type Discount = z.infer<typeof discountSchema>;

export const shippingMethodSchema = z.strictObject({
  code: z.enum(['standard', 'express', 'pickup']),
  name: z.string().max(60),
  priceMinor: amountMinorSchema,
});
export type ShippingMethod = z.infer<typeof shippingMethodSchema>;

export const promiseSchema = z.strictObject({
  /** The warehouse is late after this instant. */
  shipBy: z.iso.datetime(),
  /** What the customer was told. */
  deliverBy: z.iso.datetime(),
});
export type DeliveryPromise = z.infer<typeof promiseSchema>;

export const paymentMethodSchema = z.strictObject({
  kind: z.enum(['card', 'debit_card', 'boleto', 'voucher', 'other']),
  /** The gateway's token for the card; Waybill never sees the number. Null for imported orders. */
  token: z.string().max(200).nullable(),
  brand: z.string().max(30).nullable(),
  last4: z
    .string()
    .regex(/^\d{4}$/)
    .nullable(),
});
export type PaymentMethod = z.infer<typeof paymentMethodSchema>;

export const tierSchema = z.enum(['standard', 'silver', 'gold']);
export type Tier = z.infer<typeof tierSchema>;
export const channelSchema = z.enum(['web', 'phone', 'marketplace']);

const orderPlaced = z.strictObject({
  orderId: orderIdSchema,
  /** What people read out on the phone, such as `WB-48213`. */
  orderNumber: z.string().min(1).max(40),
  /** The number in the system that the order was imported from. */
  externalReference: z.string().max(120).nullable(),
  subjectId: subjectIdSchema,
  /** Null for a guest. */
  customerId: z.string().min(1).max(80).nullable(),
  tier: tierSchema,
  contact: personal(contactSchema),
  shipTo: addressSchema,
  channel: channelSchema,
  currency: currencySchema,
  lines: z.array(orderLineSchema).max(maxOrderLines),
  shippingMethod: shippingMethodSchema,
  discount: discountSchema.nullable(),
  taxRateBasisPoints: z.int().min(0).max(10_000),
  totals: totalsSchema,
  paymentMethod: paymentMethodSchema,
  promise: promiseSchema,
  /** Nearest first, as at placing: those that serve the country, then the rest. */
  warehousesByDistance: z.array(warehouseCodeSchema).max(50),
});

const rejectionReasonSchema = z.discriminatedUnion('code', [
  z.strictObject({
    code: z.literal('SoldOut'),
    lines: z.array(
      z.strictObject({ lineId: lineIdSchema, sku: skuSchema, requested: z.int().min(1), available: z.int().min(0) }),
    ),
  }),
  z.strictObject({ code: z.literal('PaymentDeclined'), declineCode: z.string().max(60) }),
  z.strictObject({ code: z.literal('PaymentNotCompleted') }),
  /** Imported orders: the marketplace could not supply them. */
  z.strictObject({ code: z.literal('Unavailable') }),
]);
export type OrderRejectionReason = z.infer<typeof rejectionReasonSchema>;

/** Lower case, words joined by hyphens: what `tagFrom` makes of what was typed. */
export const tagSchema = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}-]{0,39}$/u);
/** The id of an account. */
const staffIdSchema = z.string().min(1).max(80);
const firstTemplates = [
  'order-confirmed',
  'order-rejected',
  'order-shipped',
  'order-canceled',
  'payment-refunded',
] as const;
/** Version 2 of NotificationSent came with the others. */
const notificationTemplateSchema = z.enum([
  ...firstTemplates,
  'order-lines-canceled',
  'return-approved',
  'return-declined',
  'return-received',
]);

const orderId = orderIdSchema;
export const orderEventSchemas = {
  OrderPlaced: orderPlaced,
  OrderConfirmed: z.strictObject({ orderId }),
  OrderRejected: z.strictObject({ orderId, reason: rejectionReasonSchema }),
  OrderCanceled: z.strictObject({
    orderId,
    lines: z.array(z.strictObject({ lineId: lineIdSchema, sku: skuSchema, quantity: z.int().min(1) })),
    reason: z.string().min(1).max(500),
    /** Whether the goods go back on sale. */
    restock: z.boolean(),
  }),
  OrderCompleted: z.strictObject({ orderId }),
  OrderHoldPlaced: z.strictObject({ orderId, holdId: z.uuid(), reason: z.string().min(1).max(200) }),
  OrderHoldReleased: z.strictObject({ orderId, holdId: z.uuid() }),
  OrderNoteAdded: z.strictObject({
    orderId,
    subjectId: subjectIdSchema,
    noteId: z.uuid(),
    /** Personal: agents write about people. */
    text: personal(z.string().min(1).max(4_000)),
    visibility: z.enum(['internal', 'customer']),
  }),
  NotificationSent: z.strictObject({
    orderId,
    notificationId: z.uuid(),
    template: notificationTemplateSchema,
  }),
  OrderTagged: z.strictObject({ orderId, tag: tagSchema }),
  OrderUntagged: z.strictObject({ orderId, tag: tagSchema }),
  /** Null: nobody. */
  OrderAssigned: z.strictObject({ orderId, from: staffIdSchema.nullable(), to: staffIdSchema.nullable() }),
  /** Somebody asked for a mail that went out before: it goes again, under a new id. */
  NotificationRequested: z.strictObject({
    orderId,
    notificationId: z.uuid(),
    template: z.enum(firstTemplates),
    /** What it is about beyond the order: a fulfillment, a refund; null for the order itself. */
    about: z.uuid().nullable(),
  }),
} as const;

export type OrderEvent =
  | {
      [Type in keyof typeof orderEventSchemas]: { readonly type: Type } & z.infer<(typeof orderEventSchemas)[Type]>;
    }[keyof typeof orderEventSchemas]
  | AmendmentEvent
  | DraftEvent
  | ReturnEvent;
export type OrderPlaced = Extract<OrderEvent, { type: 'OrderPlaced' }>;
