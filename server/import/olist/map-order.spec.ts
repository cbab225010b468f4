import { beforeAll, describe, expect, test } from 'vitest';
import { eventTypes, type WaybillEvent } from '#domain/events/registry.ts';
import { addsUp } from '#domain/order/pricing.ts';
import { fold } from '#domain/shared/decider.ts';
import { blankWaybill, evolve, type Waybill } from '#domain/waybill/state.ts';
import { summarize } from '#domain/waybill/summary.ts';
import { unitOf } from './map-order.ts';
import { fixtureFolder, olistId, type ReadOrder, readOrders } from './testing/fixture.ts';

let orders: ReadonlyMap<string, ReadOrder>;
beforeAll(async () => {
  orders = await readOrders(fixtureFolder);
});

const read = (nth: number): ReadOrder => {
  const found = orders.get(olistId(nth));
  if (!found) throw new Error(`The fixture has no order ${nth}`);
  return found;
};
const eventsOf = (nth: number): WaybillEvent[] => read(nth).steps.flatMap(({ events }) => events);
const waybillOf = (nth: number): Waybill => fold(evolve, blankWaybill, eventsOf(nth));

/** `type @ time` of each event, notes left out. */
const history = (nth: number): string[] =>
  read(nth).steps.flatMap(({ at, events }) =>
    events.filter(({ type }) => type !== 'OrderNoteAdded').map(({ type }) => `${type} @ ${at.slice(0, 16)}`),
  );

const only = <Type extends WaybillEvent['type']>(nth: number, type: Type) =>
  eventsOf(nth).filter((event): event is Extract<WaybillEvent, { type: Type }> => event.type === type);

test('a plain order goes all the way, each step at its own time in UTC', () => {
  expect(history(1)).toEqual([
    'OrderPlaced @ 2017-07-03T13:00',
    'AuthorizationRequested @ 2017-07-03T13:00',
    'PaymentAuthorized @ 2017-07-03T13:15',
    'PaymentCaptured @ 2017-07-03T13:15',
    'OrderConfirmed @ 2017-07-03T13:15',
    'FulfillmentCreated @ 2017-07-03T13:15',
    'FulfillmentShipped @ 2017-07-05T17:00',
    'FulfillmentDelivered @ 2017-07-10T21:30',
    'OrderCompleted @ 2017-07-10T21:30',
  ]);
  expect(only(1, 'OrderNoteAdded')).toEqual([]);
});

test('in summer the clock stands one hour closer to UTC', () => {
  expect(history(2)[0]).toBe('OrderPlaced @ 2017-12-01T12:00');
});

test('what was placed is told with its lines, its sums, its place and a person who is plainly made up', () => {
  const [placed] = only(3, 'OrderPlaced');
  expect(placed).toMatchObject({
    orderNumber: 'BR-000003',
    externalReference: olistId(3),
    subjectId: `e${'3'.padStart(31, '0')}`,
    customerId: `e${'3'.padStart(31, '0')}`,
    contact: { name: 'Customer e0000000', email: 'e00000000000@olist.invalid', phone: null },
    shipTo: { postalCode: '69900', city: 'Rio Branco', region: 'AC', country: 'BR' },
    channel: 'marketplace',
    currency: 'BRL',
    totals: { linesMinor: 4999, discountMinor: 0, shippingMinor: 1455, taxMinor: 0, grandTotalMinor: 6454 },
    paymentMethod: { kind: 'voucher', token: null },
    warehousesByDistance: ['OLIST-SP', 'OLIST-PR'],
  });
  expect(placed?.lines.map(({ name, quantity, totalMinor }) => [name, quantity, totalMinor])).toEqual([
    ['Bed, bath & table b0000000', 2, 4000],
    ['Auto b0000000', 1, 999],
  ]);
});

test('two orders of one person have one subject', () => {
  expect(only(1, 'OrderPlaced')[0]?.subjectId).toBe(only(2, 'OrderPlaced')[0]?.subjectId);
});

test('each seller of an order has a fulfillment with that seller’s lines, and each line is in one', () => {
  expect(only(3, 'FulfillmentCreated').map(({ warehouse, lines }) => [warehouse, lines.map(({ sku }) => sku)])).toEqual(
    [
      ['OLIST-SP', [`b${'2'.padStart(31, '0')}`]],
      ['OLIST-PR', [`b${'5'.padStart(31, '0')}`]],
    ],
  );
  expect(only(3, 'FulfillmentDelivered')).toHaveLength(2);
});

test('each payment of an order is a stream with its own kind and exact amount', () => {
  expect(only(3, 'AuthorizationRequested').map(({ method, amountMinor }) => [method.kind, amountMinor])).toEqual([
    ['voucher', 1454],
    ['debit_card', 5000],
  ]);
  expect(new Set(only(41, 'AuthorizationRequested').map(({ paymentId }) => paymentId)).size).toBe(2);
});

test.each<[number, string, string, string | null]>([
  [4, 'confirmed', 'captured', 'shipped'],
  [5, 'confirmed', 'captured', 'open'],
  [6, 'confirmed', 'captured', 'open'],
  [7, 'confirmed', 'captured', 'picking'],
  [8, 'placed', 'pending', null],
  [9, 'canceled', 'expired', null],
  [10, 'canceled', 'captured', null],
  [11, 'canceled', 'captured', 'shipped'],
  [12, 'canceled', 'captured', 'delivered'],
  [13, 'rejected', 'captured', null],
  [14, 'rejected', 'expired', null],
  [15, 'completed', 'captured', 'delivered'],
  [16, 'completed', 'captured', 'delivered'],
  [17, 'completed', 'captured', 'delivered'],
  [18, 'completed', 'captured', 'delivered'],
  [19, 'completed', 'pending', 'delivered'],
  [25, 'completed', 'captured', 'delivered'],
  [26, 'confirmed', 'captured', null],
  [27, 'confirmed', 'captured', null],
  [49, 'confirmed', 'captured', 'shipped'],
  [50, 'confirmed', 'captured', null],
])('order %i ends %s, its payment %s, its fulfillment %s', (nth, orderStatus, paymentStatus, fulfillmentStatus) => {
  expect(summarize(waybillOf(nth))).toMatchObject({ orderStatus, paymentStatus, fulfillmentStatus });
});

test('what could not be supplied is rejected as unavailable, without having been confirmed', () => {
  expect(only(13, 'OrderRejected')[0]?.reason).toEqual({ code: 'Unavailable' });
  expect(only(13, 'OrderConfirmed')).toEqual([]);
});

describe('impossible histories', () => {
  test('a step before its predecessor stays behind it and keeps its own time', () => {
    expect(history(23).slice(-3)).toEqual([
      'FulfillmentShipped @ 2017-07-12T13:00',
      'FulfillmentDelivered @ 2017-07-10T21:30',
      'OrderCompleted @ 2017-07-10T21:30',
    ]);
  });

  test('a parcel exists no later than it was handed over, even before the purchase', () => {
    expect(history(21).slice(5, 7)).toEqual([
      'FulfillmentCreated @ 2017-07-02T13:10',
      'FulfillmentShipped @ 2017-07-02T13:10',
    ]);
  });

  test('a step without a date takes the time of the step before', () => {
    expect(history(18).slice(-3)).toEqual([
      'FulfillmentShipped @ 2017-07-03T13:15',
      'FulfillmentDelivered @ 2017-07-03T13:15',
      'OrderCompleted @ 2017-07-03T13:15',
    ]);
    expect(history(15)[2]).toBe('PaymentAuthorized @ 2017-07-03T13:00');
    expect(history(11).at(-1)).toBe('OrderCanceled @ 2017-07-05T17:00');
  });

  test('the order says in an internal note what is at odds, so that an agent need not wonder', () => {
    const [note] = only(23, 'OrderNoteAdded');
    expect(note).toMatchObject({ visibility: 'internal' });
    expect(note?.text).toContain('Delivered 2017-07-10 21:30:00 UTC, with the carrier 2017-07-12 13:00:00 UTC');
  });
});

describe('every order of the fixture', () => {
  test('maps to events that the registry’s schemas accept', () => {
    for (const { steps } of orders.values())
      for (const { type, ...data } of steps.flatMap(({ events }) => events))
        expect(eventTypes.get(type)?.schema.safeParse(data).error?.issues ?? [], type).toEqual([]);
  });

  test('folds, by the domain’s own evolve, to plain JSON whose sums are true', () => {
    for (const { order, steps } of orders.values()) {
      const waybill = fold(
        evolve,
        blankWaybill,
        steps.flatMap(({ events }) => events),
      );
      expect(JSON.parse(JSON.stringify(waybill)), order.orderId).toEqual(waybill);
      expect(waybill.order.status !== 'absent' && addsUp(waybill.order), order.orderId).toBe(true);
    }
  });

  test('is one append of new streams, whose command ids are all different and always the same', async () => {
    const again = await readOrders(fixtureFolder);
    const ids: string[] = [];
    for (const [orderId, { order, steps }] of orders) {
      const unit = unitOf(order, steps);
      expect(unit.expected.every(({ version }) => version === 0)).toBe(true);
      const other = again.get(orderId);
      expect(other && unitOf(other.order, other.steps)).toEqual(unit);
      ids.push(...unit.commands.map(({ commandId }) => commandId));
    }
    expect(new Set(ids).size).toBe(ids.length);
  });
});
