import { lineIn } from '#domain/inventory/by-line.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import { capturedMinor, refundableMinor, refundedMinor } from '#domain/payment/state.ts';
import type { LineId } from '#domain/shared/ids.ts';
import { sum } from '#domain/shared/money.ts';
import { stockHoldOf } from '#domain/waybill/amend.ts';
import { givenBackMinor } from '#domain/waybill/paid.ts';
import { isSourced } from '#domain/waybill/quantities.ts';
import { replacementLineId, replacementOf } from '#domain/waybill/replacement-lines.ts';
import { acceptedOf, goodsReturnedReason, returnsOf } from '#domain/waybill/returns.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';
import { settleReason } from '#server/processes/complete-money-intents.ts';
import { expectDraftQuiet } from './drafts.ts';
import type { BankAccount } from './faulty-gateway.ts';
import { expect } from './simulation-error.ts';
import type { World } from './world.ts';

const total = (amounts: ReadonlyMap<string, number>): number => sum(amounts.values());

/** What a confirmed order waits for, in a word; null when nobody and nothing will ever move it. */
export const waitsFor = (waybill: Waybill): string | null => {
  const { order } = waybill;
  if (order.status === 'absent') return null;
  const [hold] = Object.values(order.holds);
  if (hold !== undefined) return `hold: ${hold}`;
  const behind = liveFulfillments(waybill).find(({ status }) => status !== 'delivered');
  return behind ? `fulfillment: ${behind.status}` : null;
};

const shippedOf = (waybill: Waybill, lineId: string): number =>
  sum(
    liveFulfillments(waybill)
      .filter(({ status }) => status === 'shipped' || status === 'delivered' || status === 'delivery_failed')
      .map(({ picked }) => picked[lineId] ?? 0),
  );

/** What the customer owes for all that was sent, to the minor unit. */
const owedMinor = (order: ExistingOrder, waybill: Waybill): number => {
  const shipped = order.lines.map((line) => ({ line, pieces: shippedOf(waybill, line.lineId) }));
  if (shipped.every(({ pieces }) => pieces === 0)) return 0;
  const goods = shipped.map(({ line, pieces }) =>
    Number((BigInt(line.totalMinor) * BigInt(pieces)) / BigInt(line.quantity)),
  );
  return sum(goods) + order.totals.shippingMinor;
};

const checkBank = (waybill: Waybill, account: BankAccount): void => {
  const payment = waybill.payments[account.paymentId];
  const { order } = waybill;
  expect(payment !== undefined && order.status !== 'absent', 'No money is held that Waybill knows nothing of', account);
  const details = {
    orderId: order.orderId,
    order: order.status,
    payment,
    account: { ...account, captures: [...account.captures] },
  };
  expect(account.authorizations <= 1, 'One authorization a payment', details);
  expect(
    capturedMinor(payment) === total(account.captures),
    'Waybill and the bank agree on what was captured',
    details,
  );
  expect(refundedMinor(payment) === total(account.refunds), 'Waybill and the bank agree on what was refunded', details);
  for (const [id, { status }] of Object.entries({ ...payment.captures, ...payment.refunds }))
    expect(status !== 'pending', 'No movement of money stays pending', { id, ...details });
  const isOver = order.status === 'rejected' || order.status === 'canceled' || order.status === 'completed';
  const held = account.status === 'authorized' ? account.amountMinor - total(account.captures) : 0;
  // What ran out at the bank is no longer held, whatever we do.
  if (isOver && payment.status !== 'expired')
    expect(held === 0, 'No money stays held for an order that is over', details);
  if (order.status === 'rejected' || order.status === 'canceled')
    expect(total(account.captures) === total(account.refunds), 'Nobody pays for an order that was called off', details);
};

/** What all payments of an order have come to: an amendment may have taken a second one. */
const checkPaid = (world: World, waybill: Waybill): void => {
  const { order } = waybill;
  if (order.status !== 'completed') return;
  const payments = Object.values(waybill.payments);
  const captured = sum(payments.map(capturedMinor));
  const settled = world.store
    .log()
    .map(({ event }) => event)
    .filter((event) => event.type === 'RefundRequested')
    .filter(({ orderId, reason }) => orderId === order.orderId && reason === settleReason);
  const givenBack = givenBackMinor(waybill) + sum(settled.map(({ amountMinor }) => amountMinor));
  const [paid, owed] = [captured - givenBack, owedMinor(order, waybill)];
  // Where more was given back for other reasons than was left, an amendment could give back no more.
  const isAllGivenBack = captured > 0 && sum(payments.map(refundedMinor)) === captured;
  expect(paid === owed || isAllGivenBack, 'The customer paid for what was sent, to the unit', {
    orderId: order.orderId,
    paid,
    owed,
    givenBack: givenBackMinor(waybill),
    payments: waybill.payments,
  });
};

/** What was paid for a unit that was sent, or for the one that it was sent again for. */
const priceOfUnits = (order: ExistingOrder, waybill: Waybill, lineId: LineId, quantity: number): number => {
  const again = replacementOf(lineId);
  const replaced = again && acceptedOf(waybill, again.returnId)[again.nth - 1];
  if (replaced) return priceOfUnits(order, waybill, replaced.lineId, quantity);
  const line = order.lines.find((each) => each.lineId === lineId);
  return line ? Math.round((line.totalMinor * quantity) / line.quantity) : 0;
};

/** What came back and was accepted, and was not sent again by the end of its order. */
const owedForReturns = (order: ExistingOrder, waybill: Waybill): number =>
  sum(
    returnsOf(waybill).flatMap(({ returnId }) =>
      acceptedOf(waybill, returnId).map(({ lineId, quantity }, index) => {
        const sent = shippedOf(waybill, replacementLineId(order.orderId, returnId, index + 1));
        return sent < quantity ? priceOfUnits(order, waybill, lineId, quantity - sent) : 0;
      }),
    ),
  );

/**
 * What came back and was accepted was sent again, or money was asked back for it, once, as far as there was any left.
 * Looked at when the order is over: until then a replacement may still come, and prices may change.
 */
const checkReturned = (world: World, waybill: Waybill): void => {
  const { order } = waybill;
  if (order.status !== 'completed' || order.amendment) return;
  const told = world.store
    .log()
    .flatMap(({ event }) => ('orderId' in event && event.orderId === order.orderId ? [event] : []));
  const asked = sum(
    told.flatMap((event) =>
      event.type === 'RefundRequested' && event.reason === goodsReturnedReason ? [event.amountMinor] : [],
    ),
  );
  const owed = owedForReturns(order, waybill);
  const left = sum(Object.values(waybill.payments).map((payment) => Math.max(0, refundableMinor(payment))));
  const details = { orderId: order.orderId, asked, owed, left, returns: returnsOf(waybill) };
  expect(asked >= owed || left === 0, 'What came back is made good', details);
  const exchanged = told.flatMap((event) => (event.type === 'AmendmentRequested' && event.exchangeFor ? [event] : []));
  const moved = sum(exchanged.map(({ chargeMinor, refundMinor }) => chargeMinor + refundMinor));
  expect(moved === 0, 'An exchange costs nothing, and gives nothing back', { orderId: order.orderId, exchanged });
  const exchanges = new Set(exchanged.map(({ amendmentId }) => amendmentId));
  const isRepriced = told.some(
    (event) =>
      event.type === 'OrderLinesCanceled' || (event.type === 'OrderAmended' && !exchanges.has(event.amendmentId)),
  );
  expect(isRepriced || asked <= owed, 'What came back is made good once', details);
};

const checkStockOf = (world: World, waybill: Waybill): void => {
  const { order } = waybill;
  if (order.status === 'absent') return;
  for (const { lineId, sku, quantity } of order.lines) {
    const stock = world.truth.stocks.get(sku);
    const reservation = stock?.status === 'tracked' ? lineIn(stock.reservations, lineId) : undefined;
    const allocation = stock?.status === 'tracked' ? lineIn(stock.allocations, lineId) : undefined;
    const allocated = sum((allocation?.placements ?? []).map((placement) => placement.quantity));
    const details = { orderId: order.orderId, order: order.status, lineId, quantity, allocated, reservation };
    expect(reservation === undefined, 'No stock stays reserved when all is quiet', details);
    if (order.status === 'rejected' || order.status === 'canceled' || order.status === 'completed')
      expect(allocated === 0, 'No stock stays claimed by an order that is over', details);
    if (order.status !== 'confirmed') continue;
    const shipped = shippedOf(waybill, lineId);
    const missing = sum(Object.values(waybill.fulfillments).map((fulfillment) => fulfillment.missing[lineId] ?? 0));
    const found = allocated + shipped + missing;
    // Sold to someone else meanwhile: as long as the hold stands, a person is asked to look.
    const isAccounted = stockHoldOf(order) ? found <= quantity : found === quantity;
    expect(isAccounted, 'No confirmed order without its stock', {
      ...details,
      shipped,
      missing,
    });
  }
};

/** Races that a process may lose, since the event of what won it comes to it as well. Any other refusal is a bug. */
const lostRaces: ReadonlySet<string> = new Set([
  'checkout: RejectOrder OrderClosed',
  'checkout: RequestAuthorization OrderClosed',
  'checkout: ConfirmOrder OrderClosed',
  'checkout: CreateFulfillment OrderNotConfirmed',
  // The reservation has run out: its event is on the way, and the stock is asked for anew.
  'checkout: AllocateStock ReservationUnknown',
  // Canceled while the amendment waited: what it held is given back by `cancellation`.
  'amendment: RequestAuthorization OrderClosed',
  // As with the checkout: the reservation has run out, and is asked for anew.
  'amendment: AllocateStock ReservationUnknown',
  // A timer that was fired late met the reservation that was made anew, which has a timer of its own (seed 100968).
  'expiry: ExpireReservation ReservationNotExpired',
]);

/** Once every hold for stock was seen to as it says. */
export const expectSourced = (world: World): void => {
  for (const [orderId, waybill] of world.orders())
    if (waybill.order.status === 'confirmed')
      expect(isSourced(waybill), 'Nothing waits for a warehouse for ever', {
        orderId,
        states: world.machine.states.get(orderId),
      });
};

/** What has to hold when nothing is left that would happen by itself. */
export const expectQuiet = (world: World): void => {
  world.truth.expectKept();
  for (const name of world.refusals.keys()) expect(lostRaces.has(name), 'No process is refused unheard', { name });
  for (const row of world.effects.rows.values())
    expect(false, 'No call stays open when all is quiet', {
      effect: row.effect,
      status: row.status,
      attempts: row.attempts,
      error: row.error,
    });
  const fulfillmentOf = new Map<string, string>();
  const refusals = new Map<string, number>();
  for (const { event } of world.store.log()) {
    if (event.type === 'CaptureRequested') fulfillmentOf.set(event.captureId, event.fulfillmentId ?? '');
    const asked = event.type === 'CaptureFailed' ? fulfillmentOf.get(event.captureId) : undefined;
    if (asked) refusals.set(asked, (refusals.get(asked) ?? 0) + 1);
  }
  for (const account of world.gateway.accounts.values()) {
    checkBank(
      world.truth.waybills.get(account.orderId) ?? {
        order: { status: 'absent' },
        payments: {},
        fulfillments: {},
        versions: {},
      },
      account,
    );
    const taken = [...account.captures.keys()].map((captureId) => fulfillmentOf.get(captureId));
    // An amendment that made dearer what had left is captured without one.
    const named = taken.filter((fulfillmentId) => fulfillmentId !== undefined && fulfillmentId !== '');
    // What one payment did not give, another one is asked for beside its own part.
    for (const [fulfillmentId, captures] of Map.groupBy(named, (each) => each ?? ''))
      expect(captures.length <= 1 + (refusals.get(fulfillmentId) ?? 0), 'One capture a fulfillment', { taken });
  }
  for (const [orderId, waybill] of world.orders()) {
    const { order } = waybill;
    if (order.status === 'absent') continue;
    expect(order.status !== 'placed', 'No order stays between placed and confirmed for ever', {
      orderId,
      payments: waybill.payments,
      states: world.machine.states.get(orderId),
    });
    checkStockOf(world, waybill);
    expectDraftQuiet(waybill);
    checkPaid(world, waybill);
    checkReturned(world, waybill);
    expect(order.amendment === null, 'No amendment waits for ever', { orderId, amendment: order.amendment });
    if (order.status !== 'confirmed')
      expect(
        order.status === 'completed' || liveFulfillments(waybill).length === 0,
        'Nothing is picked for an order that is over',
        { orderId, status: order.status },
      );
    else
      expect(waitsFor(waybill) !== null, 'No confirmed order is stuck for ever', {
        orderId,
        states: world.machine.states.get(orderId),
      });
  }
};
