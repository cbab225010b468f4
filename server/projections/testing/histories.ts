import { createHash } from 'node:crypto';
import type { DomainEvent } from '#domain/events/registry.ts';

/** A small seeded generator (mulberry32): the same seed gives the same histories. */
export type Random = {
  /** From 0 up to, not including, `below`. */
  int(below: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  chance(share: number): boolean;
};

export const seeded = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number) => Math.floor(next() * below);
  return { int, pick: (from) => from[int(from.length)] ?? from[0], chance: (share) => next() < share };
};

/** A stable uuid for a name. */
export const idOf = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

// Ids are branded; a test may make them of anything.
const branded = (event: Readonly<Record<string, unknown>> & { readonly type: DomainEvent['type'] }): DomainEvent =>
  event as unknown as DomainEvent;

export const skus: readonly [string, ...string[]] = [
  'CANDLE-1',
  'MUG-2',
  'TEA-3',
  'LAMP-4',
  'PLANT-5',
  'SOAP-6',
  'RUG-7',
];
const warehouses: readonly [string, ...string[]] = ['PORTO', 'LYON', 'GDANSK'];
const names: readonly [string, ...string[]] = [
  'Marta Sousa',
  'Jonas Berg',
  'Ayumi Tanaka',
  'Zoë Lévêque',
  'Łukasz Nowak',
];

/** One event with its place in a business day. */
export type TimedEvent = { readonly event: DomainEvent; readonly occurredAt: string };

export type OrderOptions = {
  readonly seed: number;
  /** Makes ids differ between runs in one database. */
  readonly prefix?: string;
  readonly lineCount?: number;
};

const instant = (minutes: number): string => new Date(Date.UTC(2026, 9, 1) + minutes * 60_000).toISOString();

/** The whole life of one order, stock included: the streams' events in an order in which they could have happened. */
export const orderLife = ({ seed, prefix = 'order', lineCount }: OrderOptions): TimedEvent[] => {
  const random = seeded(seed);
  const orderId = idOf(`${prefix} ${seed}`);
  const paymentId = idOf(`${prefix} ${seed} payment`);
  const fulfillmentId = idOf(`${prefix} ${seed} fulfillment`);
  const subjectId = `subject-${prefix}-${seed % 97}`;
  const name = random.pick(names);
  const country = random.pick(['PT', 'FR', 'PL', 'DE']);
  const warehouse = random.pick(warehouses);
  const lines = Array.from({ length: lineCount ?? 1 + random.int(3) }, (_, nth) => {
    const quantity = 1 + random.int(3);
    const unitPriceMinor = 100 * (5 + random.int(90));
    const sku = skus[(seed + nth) % skus.length] ?? skus[0];
    return {
      lineId: `${orderId}:${nth}`,
      sku,
      name: `Thing ${sku.toLowerCase()} of wool`,
      picture: null,
      hue: random.int(360),
      bin: `C-0${nth}-2`,
      quantity,
      unitPriceMinor,
      discountMinor: 0,
      taxMinor: 0,
      totalMinor: quantity * unitPriceMinor,
    };
  });
  const total = lines.reduce((sum, line) => sum + line.totalMinor, 0);
  const method = { kind: 'card', token: 'tok_visa', brand: 'visa', last4: '4242' };
  const shippingMethod = { code: 'standard', name: 'Standard', priceMinor: 0 };
  const shipTo = {
    recipient: { name, street: `Rua das Flores ${1 + random.int(200)}` },
    postalCode: `4050-0${10 + random.int(80)}`,
    city: 'Porto',
    region: null,
    country,
  };
  const orderNumber = `WB-${prefix === 'order' ? '' : prefix.toUpperCase()}${10_000 + seed}`;
  let minute = random.int(60 * 24 * 40);
  const promise = { shipBy: instant(minute + 2_000), deliverBy: instant(minute + 6_000) };
  const life: TimedEvent[] = [];
  const then = (type: DomainEvent['type'], data: Readonly<Record<string, unknown>>, after = random.int(90)): void => {
    minute += after;
    life.push({ event: branded({ type, ...data }), occurredAt: instant(minute) });
  };
  const payment = { paymentId, orderId, currency: 'EUR' };
  const fulfillment = { fulfillmentId, orderId };

  then('OrderPlaced', {
    orderId,
    orderNumber,
    externalReference: seed % 5 === 0 ? `ext-${prefix}-${seed}` : null,
    subjectId,
    customerId: seed % 3 === 0 ? null : `customer-${seed % 97}`,
    tier: random.pick(['standard', 'silver', 'gold']),
    contact: { name, email: `person${seed}@example.com`, phone: `+351 91${1_000_000 + seed}` },
    shipTo,
    channel: random.pick(['web', 'phone', 'marketplace']),
    currency: 'EUR',
    lines,
    shippingMethod,
    discount: null,
    taxRateBasisPoints: 0,
    totals: { linesMinor: total, discountMinor: 0, shippingMinor: 0, taxMinor: 0, grandTotalMinor: total },
    paymentMethod: method,
    promise,
    warehousesByDistance: [warehouse],
  });
  const forLine = ({ lineId, sku }: { lineId: string; sku: string }) => ({ sku, orderId, lineId });
  for (const line of lines) {
    const { quantity } = line;
    then('StockReserved', { ...forLine(line), quantity, expiresAt: instant(minute + 60), onShelf: [] }, 0);
  }
  const release = (reason: string) => {
    for (const line of lines) then('ReservationReleased', { ...forLine(line), quantity: line.quantity, reason }, 0);
  };
  then('AuthorizationRequested', { ...payment, amountMinor: total, method });
  if (random.chance(0.08)) {
    then('PaymentDeclined', { ...payment, code: 'insufficient_funds' });
    release('payment declined');
    then('OrderRejected', { orderId, reason: { code: 'PaymentDeclined', declineCode: 'insufficient_funds' } });
    then('NotificationSent', { orderId, notificationId: idOf(`${orderId} rejected`), template: 'order-rejected' });
    return life;
  }
  const gatewayReference = `pay_${orderId.slice(0, 12)}`;
  then('PaymentAuthorized', { ...payment, amountMinor: total, gatewayReference, expiresAt: instant(minute + 10_000) });
  then('OrderConfirmed', { orderId });
  const holdId = idOf(`${orderId} hold`);
  const isHeld = random.chance(0.2);
  if (isHeld) then('OrderHoldPlaced', { orderId, holdId, reason: 'Address check' });
  for (const line of lines) {
    const { quantity } = line;
    then('StockAllocated', { ...forLine(line), quantity, placements: [{ warehouse, quantity }] }, 0);
  }
  then('FulfillmentCreated', {
    ...fulfillment,
    orderNumber,
    subjectId,
    tier: 'standard',
    warehouse,
    sourcing: 'nearest with all lines',
    shipTo,
    shippingMethod,
    promise,
    lines: lines.map(({ lineId, sku, name: product, picture, hue, bin, quantity }) => ({
      lineId,
      sku,
      name: product,
      picture,
      hue,
      bin,
      quantity,
    })),
  });
  if (random.chance(0.15))
    then('OrderNoteAdded', {
      orderId,
      subjectId,
      noteId: idOf(`${orderId} note`),
      text: `${name} asked to ring twice`,
      visibility: 'internal',
    });
  if (random.chance(0.1)) {
    then('FulfillmentCanceled', { ...fulfillment, reason: 'changed their mind' });
    const canceled = lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
    then('OrderCanceled', { orderId, lines: canceled, reason: 'changed their mind', restock: true }, 0);
    for (const line of lines) {
      const { quantity } = line;
      then(
        'AllocationReleased',
        { ...forLine(line), quantity, placements: [{ warehouse, quantity }], restock: true },
        0,
      );
    }
    return life;
  }
  if (isHeld && random.chance(0.7)) then('OrderHoldReleased', { orderId, holdId });
  if (random.chance(0.25)) return life; // still open
  then('PickingStarted', { ...fulfillment, warehouse, picker: 'rui' });
  for (const { lineId, sku, quantity } of lines) then('ItemPicked', { ...fulfillment, lineId, sku, quantity });
  then('FulfillmentPacked', { ...fulfillment, packages: [{ parcelId: `${orderId}:p`, weightGrams: 900 }] });
  const trackingNumber = `CTT${seed}${prefix}PT`;
  const shipped = lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity }));
  then('FulfillmentShipped', { ...fulfillment, warehouse, carrier: 'CTT', trackingNumber, lines: shipped });
  const captureId = idOf(`${orderId} capture`);
  then('CaptureRequested', { ...payment, captureId, fulfillmentId, amountMinor: total });
  for (const line of lines) then('StockShipped', { ...forLine(line), warehouse, quantity: line.quantity }, 0);
  then('PaymentCaptured', { ...payment, captureId, amountMinor: total });
  if (random.chance(0.2)) return life; // on its way
  then('FulfillmentDelivered', { ...fulfillment }, 60 * 24);
  then('OrderCompleted', { orderId });
  if (random.chance(0.15)) {
    const refundId = idOf(`${orderId} refund`);
    const amountMinor = Math.max(1, Math.floor(total / 2));
    then('RefundRequested', { ...payment, refundId, amountMinor, reason: 'damaged' }, 60 * 24 * 3);
    then('PaymentRefunded', { ...payment, refundId, amountMinor });
  }
  return life;
};

/** Stock for every SKU in every warehouse. */
export const openingStock = (): TimedEvent[] =>
  skus.flatMap((sku) => [
    ...warehouses.map((warehouse) => ({
      event: branded({ type: 'StockReceived', sku, warehouse, quantity: 100_000 }),
      occurredAt: instant(0),
    })),
    { event: branded({ type: 'SafetyStockSet', sku, threshold: 5 }), occurredAt: instant(0) },
  ]);

/** The lives of several orders, interleaved at random but each in its own order. */
export const interleaved = (lives: readonly (readonly TimedEvent[])[], seed = 1): TimedEvent[] => {
  const random = seeded(seed);
  const left = lives.filter((life) => life.length > 0).map((life) => ({ life, next: 0 }));
  const all: TimedEvent[] = [];
  while (left.length > 0) {
    const nth = random.int(left.length);
    const one = left[nth];
    const event = one?.life[one.next];
    if (!one || !event) break;
    all.push(event);
    one.next += 1;
    if (one.next === one.life.length) left.splice(nth, 1);
  }
  return all;
};
