import { describe, expect, test } from 'vitest';
import type { WaybillEvent } from '../events/registry.ts';
import {
  candles,
  createFulfillment,
  fulfillmentDelivered,
  lamps,
  packFulfillment,
  pickItem,
  pickingStarted,
  reportShortPick,
  shipFulfillment,
} from '../fulfillment/fulfillment.builders.ts';
import { blankAmendment } from '../order/amend.ts';
import {
  holdPlaced,
  holdReleased,
  lineOf,
  orderCanceled,
  orderCompleted,
  orderPlaced,
} from '../order/order.builders.ts';
import {
  authorizationRequested,
  authorized,
  captured,
  captureRequested,
  refundFailed,
  voided,
  voidRequested,
} from '../payment/payment.builders.ts';
import { fold } from '../shared/decider.ts';
import {
  candle,
  fulfillmentId,
  fulfillmentIdOf,
  lineIdOf,
  orderId,
  paymentId,
  paymentIdOf,
  uuid,
} from '../shared/ids.builders.ts';
import { specificationOf } from '../shared/spec.ts';
import { stockHoldReason } from './amend.ts';
import {
  amendmentAsked,
  cancelLines,
  completeAmendment,
  declineAmendment,
  express,
  followedBy,
  inLisbon,
  requestAmendment,
} from './amendment.builders.ts';
import { amendmentPaymentIdOf } from './amendment-payment.ts';
import { decide } from './decide.ts';
import { isSourced } from './quantities.ts';
import { blankWaybill, evolve } from './state.ts';
import { beingPicked, confirmed, delivered, placed, readyToPick, shipped } from './waybill.builders.ts';

const given = (history: readonly WaybillEvent[]) =>
  specificationOf({ decide, evolve, initial: blankWaybill })(...history);
const stateOf = (history: readonly WaybillEvent[]) => fold(evolve, blankWaybill, history);
const orderOf = (history: readonly WaybillEvent[]) => {
  const { order } = stateOf(history);
  if (order.status === 'absent') throw new Error('No order');
  return order;
};
const typesOf = (events: readonly WaybillEvent[]) => events.map(({ type }) => type);
/** What the commands add to the history. */
const added = (history: readonly WaybillEvent[], ...commands: Parameters<typeof decide>[0][]) =>
  followedBy(history, ...commands).slice(history.length);
const one = <Type extends WaybillEvent['type']>(events: readonly WaybillEvent[], type: Type) => {
  const found = events.find((event) => event.type === type);
  if (!found) throw new Error(`No ${type}`);
  return found as Extract<WaybillEvent, { type: Type }>;
};

const quantity = (lineId: typeof candles.lineId, to: number) => ({ quantities: [{ lineId, quantity: to }] });

describe('asking for an amendment', () => {
  test('says what it will cost: the bank is asked for what it doesn’t hold yet, and stock for what is more', () => {
    const asked = one(added(readyToPick, requestAmendment(quantity(candles.lineId, 3))), 'AmendmentRequested');
    expect(asked).toMatchObject({
      chargeMinor: 6_490,
      refundMinor: 0,
      additions: [{ lineId: candles.lineId, quantity: 1 }],
    });
    expect(asked.totalsAfter.grandTotalMinor - asked.totalsBefore.grandTotalMinor).toBe(6_490);
  });
  test('for less, before anything is captured, moves no money: less is captured later', () => {
    const asked = one(added(readyToPick, requestAmendment(quantity(candles.lineId, 1))), 'AmendmentRequested');
    expect(asked).toMatchObject({ chargeMinor: 0, refundMinor: 0, additions: [] });
  });
  test('for a lower price of what was captured gives the difference back', () => {
    const prices = [{ lineId: lamps.lineId, unitPriceMinor: 4_000, reason: 'Scratched' }];
    const asked = one(added(shipped, requestAmendment({ prices })), 'AmendmentRequested');
    expect(asked).toMatchObject({ chargeMinor: 0, refundMinor: 1_000 });
  });
  test('changes nothing yet', () => {
    const { amendment: _pending, ...order } = orderOf(amendmentAsked);
    const { amendment: _none, ...before } = orderOf(readyToPick);
    expect(order).toEqual(before);
  });
  test('is a no-op when it waits already', () => {
    given(amendmentAsked).when(requestAmendment()).thenNothing();
  });
  test('is refused while another one waits', () => {
    given(amendmentAsked).when(requestAmendment({}, 2)).thenRejected({ code: 'AmendmentPending' });
  });
  test('is refused when it changes nothing', () => {
    given(readyToPick).when(requestAmendment(blankAmendment)).thenRejected({ code: 'AmendmentEmpty' });
    given(readyToPick)
      .when(requestAmendment(quantity(candles.lineId, 2)))
      .thenRejected({ code: 'AmendmentEmpty' });
  });
  test('is refused when nothing would be left of the order', () => {
    const quantities = [candles, lamps].map(({ lineId }) => ({ lineId, quantity: 0 }));
    given(readyToPick).when(requestAmendment({ quantities })).thenRejected({ code: 'NothingLeftOfOrder' });
  });
  test('is refused for fewer than the warehouse has begun with, and says how many that is', () => {
    given(beingPicked)
      .when(requestAmendment(quantity(candles.lineId, 1)))
      .thenRejected({ code: 'QuantityCommitted', name: 'Beeswax candle', least: 2 });
  });
  test('for more is taken while the warehouse picks', () => {
    expect(typesOf(added(beingPicked, requestAmendment(quantity(candles.lineId, 3))))).toEqual(['AmendmentRequested']);
  });
  test('is refused for a line that the order doesn’t have, or that it has twice', () => {
    given(readyToPick)
      .when(requestAmendment(quantity(lineIdOf(9), 1)))
      .thenRejected({ code: 'OrderLineUnknown' });
    given(readyToPick)
      .when(requestAmendment({ added: [lineOf(1, candle, 1, 100)] }))
      .thenRejected({ code: 'LineRepeated', lineId: lineIdOf(1) });
  });
  test('is refused before the order is confirmed and sourced, and after it is closed', () => {
    given(placed).when(requestAmendment()).thenRejected({ code: 'OrderNotConfirmed' });
    given(confirmed).when(requestAmendment()).thenRejected({ code: 'OrderBeingSourced' });
    given([...readyToPick, orderCanceled()])
      .when(requestAmendment())
      .thenRejected({ code: 'OrderClosed', status: 'canceled' });
  });
  test('is refused where the money was taken in another system', () => {
    const method = { ...orderPlaced().paymentMethod, token: null };
    const imported = readyToPick.map((event) =>
      event.type === 'AuthorizationRequested' ? { ...event, method } : event,
    );
    given(imported).when(requestAmendment()).thenRejected({ code: 'PaymentTakenElsewhere' });
  });
});

describe('completing an amendment', () => {
  test('appends every change as a fact of its own, and what it all costs, as one batch', () => {
    const events = added(amendmentAsked, completeAmendment());
    expect(typesOf(events)).toEqual([
      'OrderLineQuantityChanged',
      'OrderLinePriceOverridden',
      'OrderLineAdded',
      'DiscountApplied',
      'ShippingAddressChanged',
      'ShippingMethodChanged',
      'FulfillmentReduced',
      'FulfillmentReaddressed',
      'OrderAmended',
    ]);
  });
  test('makes the order what was shown before', () => {
    const asked = one(amendmentAsked, 'AmendmentRequested');
    const order = orderOf(followedBy(amendmentAsked, completeAmendment()));
    expect(order.totals).toEqual(asked.totalsAfter);
    expect(order).toMatchObject({ shipTo: inLisbon, shippingMethod: express.method, amendment: null });
    expect(order.lines.map(({ lineId, quantity: left }) => [lineId, left])).toEqual([
      [lineIdOf(1), 1],
      [lineIdOf(2), 1],
      [lineIdOf(3), 2],
    ]);
  });
  test('gives an added line a price of its own: what the catalog says, and then what was agreed and why', () => {
    const change = {
      added: [lineOf(3, candle, 2, 6_490)],
      prices: [{ lineId: lineIdOf(3), unitPriceMinor: 5_000, reason: 'Promised on the phone' }],
    };
    const asked = followedBy(readyToPick, requestAmendment(change));
    const events = added(asked, completeAmendment());
    expect(one(events, 'OrderLineAdded').line.unitPriceMinor).toBe(6_490);
    expect(one(events, 'OrderLinePriceOverridden')).toMatchObject({ lineId: lineIdOf(3), from: 6_490, to: 5_000 });
    const order = orderOf(followedBy(asked, completeAmendment()));
    expect(order.lines.at(-1)).toMatchObject({ lineId: lineIdOf(3), quantity: 2, unitPriceMinor: 5_000 });
    expect(order.totals).toEqual(one(asked, 'AmendmentRequested').totalsAfter);
  });
  test('takes units off what nobody has begun with, and ends a fulfillment that has nothing left', () => {
    const split = followedBy(
      confirmed,
      createFulfillment({ lines: [candles] }),
      createFulfillment({ fulfillmentId: fulfillmentIdOf(2), lines: [lamps] }),
    );
    const without = requestAmendment(quantity(lamps.lineId, 0));
    const { fulfillments } = stateOf(followedBy(split, without, completeAmendment()));
    expect(fulfillments[fulfillmentIdOf(2)]?.status).toBe('canceled');
    expect(fulfillments[fulfillmentId]?.status).toBe('open');
  });
  test('asks for the refund in the same breath', () => {
    const prices = [{ lineId: lamps.lineId, unitPriceMinor: 4_000, reason: 'Scratched' }];
    const events = added(shipped, requestAmendment({ prices }), completeAmendment());
    expect(one(events, 'OrderAmended').refundMinor).toBe(1_000);
    expect(one(events, 'RefundRequested').amountMinor).toBe(1_000);
  });
  test('counts what was given back: making it dearer again asks the bank for it', () => {
    const priceOf = (unitPriceMinor: number) => ({
      prices: [{ lineId: lamps.lineId, unitPriceMinor, reason: 'Scratched' }],
    });
    const cheaper = followedBy(shipped, requestAmendment(priceOf(4_000)), completeAmendment());
    const asked = one(added(cheaper, requestAmendment(priceOf(4_500), 2)), 'AmendmentRequested');
    expect(asked.chargeMinor).toBe(500);
  });
  test('is refused when the warehouse has begun meanwhile', () => {
    given([...followedBy(readyToPick, requestAmendment(quantity(candles.lineId, 1))), pickingStarted])
      .when(completeAmendment())
      .thenRejected({ code: 'QuantityCommitted', name: 'Beeswax candle', least: 2 });
  });
  test('does nothing when it was declined or the order was canceled meanwhile', () => {
    given(followedBy(amendmentAsked, declineAmendment())).when(completeAmendment()).thenNothing();
    given([...amendmentAsked, orderCanceled()])
      .when(completeAmendment())
      .thenNothing();
  });
  test('can’t be overtaken by the end of the order', () => {
    const asked = followedBy(delivered.slice(0, -1), requestAmendment({ added: [lineOf(3, candle, 1, 100)] }));
    const arrived = delivered.at(-1);
    if (!arrived) throw new Error('Nothing was delivered');
    given([...asked, arrived])
      .when({ type: 'CompleteOrder', orderId })
      .thenRejected({ code: 'AmendmentPending' });
  });
});

describe('another address or shipping method', () => {
  const split = followedBy(
    confirmed,
    createFulfillment({ lines: [candles] }),
    createFulfillment({ fulfillmentId: fulfillmentIdOf(2), lines: [lamps] }),
  );
  const begun = [...split, pickingStarted];
  const none = { code: 'NothingToReaddress', status: 'picking' } as const;

  test('is refused when the warehouse has begun with all of it, or all of it has left', () => {
    for (const change of [{ shipTo: inLisbon }, { delivery: express }]) {
      given(beingPicked).when(requestAmendment(change)).thenRejected(none);
      given(shipped).when(requestAmendment(change)).thenRejected({ code: 'NothingToReaddress', status: 'shipped' });
    }
  });
  test('is refused when it has begun while the bank was asked', () => {
    for (const change of [{ shipTo: inLisbon }, { delivery: express }])
      given([...followedBy(readyToPick, requestAmendment(change)), pickingStarted])
        .when(completeAmendment())
        .thenRejected(none);
  });
  test('is for the parcels that nobody has begun with', () => {
    const events = added(begun, requestAmendment({ shipTo: inLisbon }), completeAmendment());
    expect(events.filter(({ type }) => type === 'FulfillmentReaddressed')).toMatchObject([
      { fulfillmentId: fulfillmentIdOf(2), shipTo: inLisbon },
    ]);
  });
  test('is refused where the same amendment empties the only one of these', () => {
    given(begun)
      .when(requestAmendment({ shipTo: inLisbon, ...quantity(lamps.lineId, 0) }))
      .thenRejected(none);
  });
  test('is for what the same amendment adds', () => {
    const more = requestAmendment({ shipTo: inLisbon, ...quantity(candles.lineId, 3) });
    expect(typesOf(added(beingPicked, more))).toEqual(['AmendmentRequested']);
  });
  test('that is the old one keeps nothing from being changed', () => {
    const { shipTo, shippingMethod: method } = orderOf(beingPicked);
    const same = { shipTo, delivery: { ...express, method }, ...quantity(candles.lineId, 2) };
    const prices = [{ lineId: lamps.lineId, unitPriceMinor: 4_000, reason: 'Scratched' }];
    expect(typesOf(added(beingPicked, requestAmendment({ ...same, prices })))).toEqual(['AmendmentRequested']);
  });
});

describe('declining an amendment', () => {
  test('leaves the order as it was, and says why', () => {
    const events = added(amendmentAsked, declineAmendment());
    expect(events).toMatchObject([{ type: 'AmendmentDeclined', reason: { code: 'PaymentDeclined' } }]);
    expect(orderOf([...amendmentAsked, ...events])).toEqual(orderOf(readyToPick));
  });
});

describe('an exchange of an order that ended short', () => {
  // One of two candles was not found; what was held for it was let go.
  const due = 18_470 - 6_490;
  const ended: readonly WaybillEvent[] = [
    ...followedBy(
      beingPicked,
      pickItem(candles.lineId, 1),
      reportShortPick(candles.lineId, 1),
      pickItem(lamps.lineId, 1),
      packFulfillment,
      shipFulfillment,
    ),
    captureRequested(1, due),
    captured(1, due),
    fulfillmentDelivered,
    orderCompleted,
    voidRequested,
    voided,
  ];
  const exchange = requestAmendment({ added: [lineOf(3, candle, 1, 0)], exchangeFor: uuid(901) });

  test('asks the bank for nothing, though less was taken than was ordered', () => {
    expect(one(added(ended, exchange), 'AmendmentRequested')).toMatchObject({ chargeMinor: 0, refundMinor: 0 });
    const again = requestAmendment({ added: [lineOf(4, candle, 1, 0)], exchangeFor: uuid(902) }, 2);
    const opened = followedBy(ended, exchange, completeAmendment(), {
      ...createFulfillment({ fulfillmentId: fulfillmentIdOf(2) }),
      lines: [{ ...candles, lineId: lineIdOf(3), quantity: 1 }],
    });
    expect(one(added(opened, again), 'AmendmentRequested').chargeMinor).toBe(0);
  });
  test('gives nothing back that its end has given back', () => {
    const dearer = (unitPriceMinor: number) =>
      requestAmendment({ prices: [{ lineId: lamps.lineId, unitPriceMinor, reason: 'Scratched' }] });
    const held = { type: 'RefundOrder', orderId, refundId: uuid(60), amountMinor: 18_470, reason: 'Sorry' } as const;
    // The lower price could not be given back while all of it was on its way back.
    const cheaper = followedBy(delivered, held, dearer(4_000), completeAmendment());
    const settled = { ...held, refundId: uuid(61), amountMinor: 1_000 };
    const over = followedBy([...cheaper, orderCompleted, refundFailed(60)], settled);
    expect(one(added(over, { ...exchange, amendmentId: uuid(709) }), 'AmendmentRequested').refundMinor).toBe(0);
  });
});

describe('an amendment paid by a second authorization', () => {
  const second = paymentIdOf(2);
  const more = followedBy(readyToPick, requestAmendment(quantity(candles.lineId, 3)));
  const paid: readonly WaybillEvent[] = [
    ...more,
    { ...authorizationRequested(), paymentId: second, amountMinor: 6_490 },
    { ...authorized(), paymentId: second, amountMinor: 6_490 },
  ];
  test('needs no more of the bank', () => {
    const done = followedBy(paid, completeAmendment(), {
      type: 'ExtendFulfillment',
      orderId,
      fulfillmentId,
      lines: [{ ...candles, quantity: 1 }],
    });
    const asked = one(added(done, requestAmendment(quantity(lamps.lineId, 2), 2)), 'AmendmentRequested');
    expect(asked.chargeMinor).toBe(5_000);
  });
});

describe('an amendment after the authorization has run out', () => {
  const split = (...taken: WaybillEvent[]) =>
    followedBy([...readyToPick, ...taken], {
      type: 'ExpireAuthorization',
      orderId,
      paymentId,
    });
  test('asks the bank for all that was not captured', () => {
    const dearer = requestAmendment(quantity(candles.lineId, 3));
    const chargeAfter = (...taken: WaybillEvent[]) =>
      one(added(split(...taken), dearer), 'AmendmentRequested').chargeMinor;
    expect(chargeAfter()).toBe(18_470 + 6_490);
    expect(chargeAfter(captureRequested(1, 5_000), captured(1, 5_000))).toBe(13_470 + 6_490);
  });
});

describe('an amendment after one that came to nothing', () => {
  test('does not count on what that one had the bank hold, which is let go', () => {
    const dearer = requestAmendment(quantity(candles.lineId, 3));
    const itsPayment = amendmentPaymentIdOf(orderId, dearer.amendmentId);
    const declined = followedBy(
      [
        ...followedBy(readyToPick, dearer),
        { ...authorizationRequested(), paymentId: itsPayment, amountMinor: 6_490 },
        { ...authorized(), paymentId: itsPayment, amountMinor: 6_490 },
      ],
      declineAmendment(),
    );
    const again = requestAmendment(quantity(candles.lineId, 3), 2);
    expect(one(added(declined, again), 'AmendmentRequested').chargeMinor).toBe(6_490);
  });
});

describe('canceling a part', () => {
  const oneCandle = cancelLines({ lineId: candles.lineId, quantity: 1 });
  test('takes it off the order and off the picking list at once', () => {
    const events = added(readyToPick, oneCandle);
    expect(typesOf(events)).toEqual(['FulfillmentReduced', 'OrderLinesCanceled']);
    expect(orderOf([...readyToPick, ...events]).totals.grandTotalMinor).toBe(18_470 - 6_490);
  });
  test('says whether the goods go back on sale', () => {
    expect(one(added(readyToPick, { ...oneCandle, restock: false }), 'FulfillmentReduced').restock).toBe(false);
  });
  test('is refused for what the warehouse has begun with', () => {
    given(beingPicked).when(oneCandle).thenRejected({ code: 'QuantityCommitted', name: 'Beeswax candle', least: 2 });
  });
  test('is refused for everything, which is another command, and for nothing', () => {
    given(readyToPick)
      .when(cancelLines({ lineId: candles.lineId, quantity: 2 }, { lineId: lamps.lineId, quantity: 1 }))
      .thenRejected({ code: 'NothingLeftOfOrder' });
    given(readyToPick).when(cancelLines()).thenRejected({ code: 'AmendmentEmpty' });
  });
  test('is refused while an amendment waits', () => {
    given(amendmentAsked).when(oneCandle).thenRejected({ code: 'AmendmentPending' });
  });
});

describe('canceling what waits in vain for stock', () => {
  const more = followedBy(readyToPick, requestAmendment(quantity(candles.lineId, 3)), completeAmendment());
  const held = [...more, holdPlaced(1, stockHoldReason)];
  const oneCandle = cancelLines({ lineId: candles.lineId, quantity: 1 });
  test('takes what no parcel has, and has the rest asked for again', () => {
    const events = added(held, oneCandle);
    expect(typesOf(events)).toEqual(['OrderLinesCanceled', 'OrderHoldReleased']);
    const after = stateOf([...held, ...events]);
    expect(isSourced(after)).toBe(true);
    expect(after.order).toMatchObject({ holds: {}, totals: orderOf(readyToPick).totals });
  });
  test('is done though the warehouse has begun with the rest', () => {
    expect(typesOf(added([...held, pickingStarted], oneCandle))).toEqual(['OrderLinesCanceled', 'OrderHoldReleased']);
  });
  test('takes the rest out of the parcel that has it', () => {
    const events = added(held, cancelLines({ lineId: candles.lineId, quantity: 2 }));
    expect(typesOf(events)).toEqual(['FulfillmentReduced', 'OrderLinesCanceled', 'OrderHoldReleased']);
    expect(one(events, 'FulfillmentReduced').lines).toMatchObject([{ lineId: candles.lineId, quantity: 1 }]);
  });
  test('leaves the hold where only a parcel is changed', () => {
    const events = added(held, cancelLines({ lineId: lamps.lineId, quantity: 1 }));
    expect(typesOf(events)).toEqual(['FulfillmentReduced', 'OrderLinesCanceled']);
  });
  test('is refused as long as stock may still be found', () => {
    for (const history of [more, [...more, holdPlaced()], [...held, holdReleased()]])
      given(history).when(oneCandle).thenRejected({ code: 'OrderBeingSourced' });
  });
  test('is done under a hold of an earlier release', () => {
    const reason = 'The stock for an amendment was sold before it was set aside. Amend the order, or cancel it.';
    expect(typesOf(added([...more, holdPlaced(1, reason)], oneCandle))).toContain('OrderLinesCanceled');
  });
});

describe('extending a fulfillment', () => {
  const extend = (quantityMore: number) =>
    ({ type: 'ExtendFulfillment', orderId, fulfillmentId, lines: [{ ...candles, quantity: quantityMore }] }) as const;
  const more = followedBy(readyToPick, requestAmendment(quantity(candles.lineId, 3)), completeAmendment());
  test('adds what the order has come to have', () => {
    expect(typesOf(added(more, extend(1)))).toEqual(['FulfillmentExtended']);
  });
  test('is refused beyond the order', () => {
    given(more).when(extend(2)).thenRejected({ code: 'FulfillmentExceedsOrder', lineId: candles.lineId, left: 1 });
  });
  test('is refused once picking has begun', () => {
    given([...more, pickingStarted])
      .when(extend(1))
      .thenRejected({ code: 'FulfillmentNotReady', status: 'picking' });
  });
  test('is refused of one that is not there', () => {
    given(more)
      .when({ ...extend(1), fulfillmentId: fulfillmentIdOf(7) })
      .thenRejected({ code: 'FulfillmentUnknown' });
  });
});

test('a whole order can be canceled while an amendment waits, which then lapses', () => {
  const canceled = followedBy(amendmentAsked, {
    type: 'CancelOrder',
    orderId,
    reason: 'Changed her mind',
    restock: true,
  });
  expect(orderOf(canceled)).toMatchObject({ status: 'canceled', amendment: null });
  expect(uuid(701)).toBe(one(amendmentAsked, 'AmendmentRequested').amendmentId);
});
