import { v5 } from 'uuid';
import type { DomainEvent } from '#domain/events/registry.ts';
import { streamOf } from '#domain/events/registry.ts';
import type { OrderPlaced } from '#domain/order/events.ts';
import { priceOrder } from '#domain/order/pricing.ts';
import type { Actor, RecordedEvent } from '#domain/shared/envelope.ts';
import type { LineId, OrderId, Sku, WarehouseCode } from '#domain/shared/ids.ts';
import type { Currency } from '#domain/shared/money.ts';

export const orderId = '01890000-0000-7000-8000-000000000001' as OrderId;
export const at = '2026-03-01T10:00:00.000Z';
export const porto = 'PORTO' as WarehouseCode;
export const lyon = 'LYON' as WarehouseCode;
export const actor: Actor = { id: 'customer-1', role: 'customer' };

export const sku = (code: string): Sku => code as Sku;
export const lineId = (code: string): LineId => code as LineId;

export type SampleLine = {
  readonly id: string;
  readonly sku: string;
  readonly quantity: number;
  readonly price: number;
};
export const mugAndTent: readonly SampleLine[] = [
  { id: 'line-mug', sku: 'MUG', quantity: 2, price: 1_250 },
  { id: 'line-tent', sku: 'TENT', quantity: 1, price: 19_999 },
];

export type SampleOrder = {
  readonly id?: OrderId;
  readonly lines?: readonly SampleLine[];
  readonly shippingMinor?: number;
  readonly discountMinor?: number;
  readonly token?: string;
};

/** An order as the server has priced it: a mug twice and a tent, from Porto or Lyon, unless told otherwise. */
export const orderPlaced = (sample: SampleOrder = {}): OrderPlaced => {
  const { lines, totals } = priceOrder({
    lines: (sample.lines ?? mugAndTent).map(({ id, sku: code, quantity, price }) => ({
      lineId: lineId(id),
      sku: sku(code),
      name: code,
      picture: null,
      hue: 30,
      bin: 'C-04-2',
      quantity,
      unitPriceMinor: price,
    })),
    discount: sample.discountMinor ? { code: 'SPRING', kind: 'amount', value: sample.discountMinor } : null,
    shippingMinor: sample.shippingMinor ?? 490,
    taxRateBasisPoints: 2_300,
  });
  return {
    type: 'OrderPlaced',
    orderId: sample.id ?? orderId,
    orderNumber: 'WB-48213',
    externalReference: null,
    subjectId: 'customer-1' as OrderPlaced['subjectId'],
    customerId: 'customer-1',
    tier: 'gold',
    contact: { name: 'Ana Sousa', email: 'ana@example.com', phone: null },
    shipTo: {
      recipient: { name: 'Ana Sousa', street: 'Rua das Flores 1' },
      postalCode: '4050-262',
      city: 'Porto',
      region: null,
      country: 'PT',
    },
    channel: 'web',
    currency: 'EUR' as Currency,
    lines,
    shippingMethod: { code: 'standard', name: 'Standard', priceMinor: sample.shippingMinor ?? 490 },
    discount: sample.discountMinor ? { code: 'SPRING', kind: 'amount', value: sample.discountMinor } : null,
    taxRateBasisPoints: 2_300,
    totals,
    paymentMethod: { kind: 'card', token: sample.token ?? 'tok_1', brand: 'visa', last4: '4242' },
    promise: { shipBy: '2026-03-02T17:00:00.000Z', deliverBy: '2026-03-04T20:00:00.000Z' },
    warehousesByDistance: [porto, lyon],
  };
};

/** An event as the store would hand it out. Its id follows from `nth` and its content. */
export const recorded = <Event extends DomainEvent>(event: Event, nth: number): RecordedEvent<Event> => ({
  eventId: v5(`${nth}`, '6ba7b811-9dad-11d1-80b4-00c04fd430c8'),
  at: { incarnation: 1, transactionId: nth + 1, position: nth + 1 },
  ...streamOf(event),
  version: nth + 1,
  event,
  metadata: { actor, commandId: 'command', correlationId: 'correlation', causationId: null },
  occurredAt: at,
  recordedAt: at,
  origin: 'live',
});
