import { beforeAll, expect, test } from 'vitest';
import { type InconsistencyKind, inconsistencyKinds } from './inconsistencies.ts';
import { inspectOrder } from './inspect-order.ts';
import { fixtureFolder, olistId, type ReadOrder, readOrders } from './testing/fixture.ts';

let orders: ReadonlyMap<string, ReadOrder>;
beforeAll(async () => {
  orders = await readOrders(fixtureFolder);
});

const kindsOf = (nth: number): InconsistencyKind[] => {
  const read = orders.get(olistId(nth));
  return read ? inspectOrder(read.order).map(({ kind }) => kind) : [];
};

test.each<[number, string, InconsistencyKind[]]>([
  [1, 'a plain order', []],
  [3, 'two sellers and two payments', ['several-sellers', 'several-payments']],
  [4, 'on its way', []],
  [7, 'processing', ['processing-undated']],
  [8, 'not yet paid', []],
  [9, 'canceled before it was paid', ['cancellation-undated', 'order-without-lines']],
  [10, 'canceled after it was paid', ['cancellation-undated', 'canceled-after-payment']],
  [11, 'canceled with the carrier', ['cancellation-undated', 'canceled-after-payment', 'canceled-after-shipping']],
  [12, 'canceled and delivered', ['cancellation-undated', 'canceled-after-payment', 'canceled-after-delivery']],
  [13, 'unavailable, paid', ['unavailability-undated', 'unavailable-after-payment', 'order-without-lines']],
  [14, 'unavailable, not paid', ['unavailability-undated']],
  [15, 'no approval', ['approval-missing']],
  [16, 'no carrier date', ['carrier-date-missing']],
  [17, 'no delivery date', ['delivery-date-missing']],
  [18, 'neither', ['carrier-date-missing', 'delivery-date-missing']],
  [19, 'no payment', ['order-without-payment']],
  [20, 'shipped before approval', ['shipped-before-approval']],
  [21, 'shipped before purchase', ['shipped-before-purchase', 'shipped-before-approval']],
  [22, 'approved at last', ['shipped-before-approval', 'delivered-before-approval']],
  [23, 'delivered before shipping', ['delivered-before-shipping']],
  [24, 'approved before purchase', ['approved-before-purchase']],
  [25, 'shipped, yet delivered', ['beyond-its-status']],
  [26, 'created, yet approved', ['beyond-its-status']],
  [27, 'a status that nobody knows', ['unknown-status']],
  [28, 'the hour that came twice', ['ambiguous-local-time']],
  [29, 'the hour that was skipped', ['nonexistent-local-time']],
  [30, 'no estimate', ['estimate-missing']],
  [31, 'promised for before the purchase', ['estimate-before-purchase', 'shipping-limit-before-purchase']],
  [32, 'a limit after the estimate', ['shipping-limit-after-estimate']],
  [33, 'a cent less', ['paid-one-cent-less']],
  [34, 'a cent more', ['paid-one-cent-more']],
  [35, 'less', ['paid-less']],
  [36, 'more', ['paid-more']],
  [37, 'a voucher worth nothing', ['several-payments', 'payment-of-nothing']],
  [
    38,
    'a type that is not defined',
    ['cancellation-undated', 'order-without-lines', 'payment-of-nothing', 'payment-type-unknown'],
  ],
  [39, 'no installments', ['payment-without-installments']],
  [40, 'the first payment is missing', ['payment-sequence-gap']],
  [41, 'two first payments', ['several-payments', 'payment-sequence-repeated']],
  [42, 'the second line is missing', ['item-sequence-gap']],
  [43, 'no category', ['product-without-category']],
  [44, 'no translation', ['category-untranslated']],
  [45, 'a product that is not listed', ['product-unknown']],
  [46, 'a seller who is not listed', ['seller-unknown']],
  [47, 'a seller without a state', ['seller-unknown']],
  [48, 'a customer who is not listed', ['customer-unknown']],
  [49, 'shipped without lines', ['order-without-lines']],
])('order %i, %s: exactly its inconsistencies are found', (nth, _what, kinds) => {
  expect(kindsOf(nth)).toEqual(kinds);
});

test('the fixture holds every kind that an order can have', () => {
  const ofRows: readonly string[] = ['order-repeated', 'item-of-no-order', 'payment-of-no-order'];
  const all = Object.keys(inconsistencyKinds).filter((kind) => !ofRows.includes(kind));
  const found = new Set([...orders.values()].flatMap(({ order }) => inspectOrder(order).map(({ kind }) => kind)));
  expect([...found].toSorted()).toEqual(all.toSorted());
});
