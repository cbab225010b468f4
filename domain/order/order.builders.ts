import { candle, euro, lamp, lineIdOf, marta, orderId, porto, rotterdam, uuid } from '../shared/ids.builders.ts';
import type { Sku } from '../shared/ids.ts';
import { erased } from '../shared/personal.ts';
import type { AddNote, PlaceHold, PlaceOrder } from './decide.ts';
import type { Address, Discount, OrderEvent, OrderPlaced } from './events.ts';
import { priceOrder } from './pricing.ts';

type Of<Type extends OrderEvent['type']> = Extract<OrderEvent, { type: Type }>;
type Without<Type extends OrderEvent['type']> = Partial<Omit<Of<Type>, 'type'>>;

export const address: Address = {
  recipient: { name: 'Marta Oliveira', street: 'Rua das Flores 12' },
  postalCode: '4050-262',
  city: 'Porto',
  region: null,
  country: 'PT',
};
export const erasedAddress: Address = { ...address, recipient: erased };

export const lineOf = (number: number, sku: Sku, quantity: number, unitPriceMinor: number) => ({
  lineId: lineIdOf(number),
  sku,
  name: sku === lamp ? 'Desk lamp' : 'Beeswax candle',
  picture: 'candle',
  hue: 85,
  bin: 'C-04-2',
  quantity,
  unitPriceMinor,
});

export type Priced = {
  readonly lines?: readonly ReturnType<typeof lineOf>[];
  readonly discount?: Discount | null;
  readonly shippingMinor?: number;
  readonly taxRateBasisPoints?: number;
};

/** Two candles and a lamp: € 64.90 × 2 + € 50.00 + € 4.90 shipping = € 184.70, 23 % tax included. */
export const body = (priced: Priced): Omit<OrderPlaced, 'type'> => {
  const shippingMinor = priced.shippingMinor ?? 490;
  const discount = priced.discount ?? null;
  const taxRateBasisPoints = priced.taxRateBasisPoints ?? 2_300;
  const lines = priced.lines ?? [lineOf(1, candle, 2, 6_490), lineOf(2, lamp, 1, 5_000)];
  return {
    orderId,
    orderNumber: 'WB-48213',
    externalReference: null,
    subjectId: marta,
    customerId: marta,
    tier: 'gold',
    contact: { name: 'Marta Oliveira', email: 'marta@example.com', phone: null },
    shipTo: address,
    channel: 'web',
    currency: euro,
    ...priceOrder({ lines, discount, shippingMinor, taxRateBasisPoints }),
    shippingMethod: { code: 'standard', name: 'Standard', priceMinor: shippingMinor },
    discount,
    taxRateBasisPoints,
    paymentMethod: { kind: 'card', token: 'tok_approve', brand: 'Visa', last4: '4242' },
    promise: { shipBy: '2026-11-16T12:00:00.000Z', deliverBy: '2026-11-19T18:00:00.000Z' },
    warehousesByDistance: [porto, rotterdam],
  };
};

/** The command, priced as the server would. */
export const placeOrder = (priced: Priced = {}): PlaceOrder => ({ type: 'PlaceOrder', ...body(priced) });
export const orderPlaced = (priced: Priced = {}, over: Without<'OrderPlaced'> = {}): OrderPlaced => ({
  type: 'OrderPlaced',
  ...body(priced),
  ...over,
});
export const orderConfirmed: Of<'OrderConfirmed'> = { type: 'OrderConfirmed', orderId };
export const orderRejected: Of<'OrderRejected'> = {
  type: 'OrderRejected',
  orderId,
  reason: { code: 'PaymentDeclined', declineCode: 'insufficient_funds' },
};
export const orderCanceled = (over: Without<'OrderCanceled'> = {}): Of<'OrderCanceled'> => ({
  type: 'OrderCanceled',
  orderId,
  lines: [
    { lineId: lineIdOf(1), sku: candle, quantity: 2 },
    { lineId: lineIdOf(2), sku: lamp, quantity: 1 },
  ],
  reason: 'Changed her mind',
  restock: true,
  ...over,
});
export const orderCompleted: Of<'OrderCompleted'> = { type: 'OrderCompleted', orderId };
export const holdPlaced = (number = 1, reason = 'Address check'): Of<'OrderHoldPlaced'> => ({
  type: 'OrderHoldPlaced',
  orderId,
  holdId: uuid(number),
  reason,
});
export const holdReleased = (number = 1): Of<'OrderHoldReleased'> => ({
  type: 'OrderHoldReleased',
  orderId,
  holdId: uuid(number),
});
export const placeHold = (number = 1, reason = 'Address check'): PlaceHold => ({
  type: 'PlaceHold',
  orderId,
  holdId: uuid(number),
  reason,
});
export const addNote = (number = 1): AddNote => ({
  type: 'AddNote',
  orderId,
  noteId: uuid(number),
  text: 'Rings the bell twice',
  visibility: 'internal',
});
export const noteAdded = (over: Without<'OrderNoteAdded'> = {}): Of<'OrderNoteAdded'> => ({
  type: 'OrderNoteAdded',
  orderId,
  subjectId: marta,
  noteId: uuid(1),
  text: 'Rings the bell twice',
  visibility: 'internal',
  ...over,
});
export const notificationRequested = (number = 1): Of<'NotificationRequested'> => ({
  type: 'NotificationRequested',
  orderId,
  notificationId: uuid(number),
  template: 'order-confirmed',
  about: null,
});
export const notificationSent = (number = 1): Of<'NotificationSent'> => ({
  type: 'NotificationSent',
  orderId,
  notificationId: uuid(number),
  template: 'order-shipped',
});
export const tagged = (tag = 'vip'): Of<'OrderTagged'> => ({ type: 'OrderTagged', orderId, tag });
export const untagged = (tag = 'vip'): Of<'OrderUntagged'> => ({ type: 'OrderUntagged', orderId, tag });
export const assigned = (to: string | null = 'ines', from: string | null = null): Of<'OrderAssigned'> => ({
  type: 'OrderAssigned',
  orderId,
  from,
  to,
});
