import { describe, expect, test } from 'vitest';
import type { WaybillEvent } from '../events/registry.ts';
import {
  candles,
  createFulfillment,
  deliveryFailed,
  fulfillmentCanceled,
  fulfillmentCreated,
  fulfillmentDelivered,
  fulfillmentHeld,
  lamps,
  packFulfillment,
  pickingStarted,
  shortPickReported,
  startPicking,
} from '../fulfillment/fulfillment.builders.ts';
import {
  addNote,
  erasedAddress,
  holdPlaced,
  holdReleased,
  noteAdded,
  orderCanceled,
  orderCompleted,
  orderConfirmed,
  orderPlaced,
  orderRejected,
} from '../order/order.builders.ts';
import {
  authorizationRequested,
  authorized,
  captureRequested,
  recordAuthorization,
  refundRequested,
  requestAuthorization,
  requestCapture,
  requestRefund,
} from '../payment/payment.builders.ts';
import { fulfillmentIdOf, orderId } from '../shared/ids.builders.ts';
import { erased } from '../shared/personal.ts';
import { specificationOf } from '../shared/spec.ts';
import { type CancelOrder, type CompleteOrder, decide } from './decide.ts';
import { blankWaybill, evolve } from './state.ts';
import { beingPicked, confirmed, delivered, packed, placed, readyToPick, shipped } from './waybill.builders.ts';

const given = specificationOf({ decide, evolve, initial: blankWaybill });
const cancel: CancelOrder = { type: 'CancelOrder', orderId, reason: 'Changed her mind', restock: true };
const complete: CompleteOrder = { type: 'CompleteOrder', orderId };
const second = fulfillmentIdOf(2);

describe('canceling', () => {
  test('cancels a placed order, and a confirmed one', () => {
    given(...placed)
      .when(cancel)
      .thenEvents(orderCanceled());
    given(...confirmed)
      .when(cancel)
      .thenEvents(orderCanceled());
  });
  test('cancels what nobody has begun to pick in the same append, in the order of ids', () => {
    const other = fulfillmentCreated({ fulfillmentId: second, lines: [lamps] });
    given(...confirmed, other, fulfillmentCreated({ lines: [candles] }))
      .when(cancel)
      .thenEvents(fulfillmentCanceled(), { ...fulfillmentCanceled(), fulfillmentId: second }, orderCanceled());
    given(...readyToPick, fulfillmentHeld)
      .when(cancel)
      .thenEvents(fulfillmentCanceled(), orderCanceled());
  });
  test('is refused once picking has begun, in whichever of the fulfillments', () => {
    const other = fulfillmentCreated({ fulfillmentId: second, lines: [lamps] });
    const split = [...confirmed, fulfillmentCreated({ lines: [candles] }), other];
    given(...beingPicked)
      .when(cancel)
      .thenRejected({ code: 'PickingHasStarted', status: 'picking' });
    given(...split, { ...pickingStarted, fulfillmentId: second })
      .when(cancel)
      .thenRejected({ code: 'PickingHasStarted', status: 'picking' });
    given(...packed)
      .when(cancel)
      .thenRejected({ code: 'PickingHasStarted', status: 'packed' });
    given(...shipped)
      .when(cancel)
      .thenRejected({ code: 'PickingHasStarted', status: 'shipped' });
  });
  test('changes nothing the second time', () => {
    given(...readyToPick, fulfillmentCanceled(), orderCanceled())
      .when(cancel)
      .thenNothing();
  });
  test('is refused when the order is over, or was never placed', () => {
    given(...placed, orderRejected)
      .when(cancel)
      .thenRejected({ code: 'OrderClosed', status: 'rejected' });
    given(...delivered, orderCompleted)
      .when(cancel)
      .thenRejected({ code: 'OrderClosed', status: 'completed' });
    given().when(cancel).thenRejected({ code: 'OrderUnknown' });
  });
});

describe('completing', () => {
  test('completes an order when everything has been delivered, once', () => {
    given(...delivered)
      .when(complete)
      .thenEvents(orderCompleted);
    given(...delivered, orderCompleted)
      .when(complete)
      .thenNothing();
  });
  test('waits for the last parcel', () => {
    given(...shipped)
      .when(complete)
      .thenRejected({ code: 'OrderNotDelivered' });
    given(...shipped, deliveryFailed)
      .when(complete)
      .thenRejected({ code: 'OrderNotDelivered' });
    given(...confirmed)
      .when(complete)
      .thenRejected({ code: 'OrderNotDelivered' });
  });
  test('waits for lines that no fulfillment has taken on yet', () => {
    const half = [fulfillmentCreated({ lines: [candles] }), ...delivered.slice(readyToPick.length)];
    given(...confirmed, ...half)
      .when(complete)
      .thenRejected({ code: 'OrderNotDelivered' });
  });
  test('does not wait for what was not found: the parcel that arrived is all that will', () => {
    const lost = [
      fulfillmentCreated({ fulfillmentId: second, lines: [lamps] }),
      { ...pickingStarted, fulfillmentId: second },
      { ...shortPickReported(lamps.lineId, 1), fulfillmentId: second },
      { ...fulfillmentCanceled(), fulfillmentId: second },
    ];
    const arrived = [fulfillmentCreated({ lines: [candles] }), ...delivered.slice(readyToPick.length)];
    given(...confirmed, ...lost, ...arrived)
      .when(complete)
      .thenEvents(orderCompleted);
    given(...confirmed, ...lost)
      .when(complete)
      .thenRejected({ code: 'OrderNotDelivered' });
  });
  test('is refused for an order that is not confirmed', () => {
    given(...placed)
      .when(complete)
      .thenRejected({ code: 'OrderNotConfirmed' });
    given(...confirmed, orderCanceled())
      .when(complete)
      .thenRejected({ code: 'OrderClosed', status: 'canceled' });
    given().when(complete).thenRejected({ code: 'OrderUnknown' });
  });
});

describe('what the order says about the warehouse', () => {
  test('a fulfillment is created for a confirmed order, once', () => {
    given(...confirmed)
      .when(createFulfillment())
      .thenEvents(fulfillmentCreated());
    given(...readyToPick)
      .when(createFulfillment())
      .thenNothing();
  });
  test('none is created before it is confirmed, after it was canceled, or without an order', () => {
    given(...placed)
      .when(createFulfillment())
      .thenRejected({ code: 'OrderNotConfirmed' });
    given(...confirmed, orderCanceled())
      .when(createFulfillment())
      .thenRejected({ code: 'OrderNotConfirmed' });
    given().when(createFulfillment()).thenRejected({ code: 'OrderUnknown' });
  });
  test('nobody is sent more than they bought', () => {
    given(...confirmed, fulfillmentCreated({ lines: [{ ...candles, quantity: 1 }] }))
      .when(createFulfillment({ fulfillmentId: second, lines: [candles] }))
      .thenRejected({ code: 'FulfillmentExceedsOrder', lineId: candles.lineId, left: 1 });
    given(...readyToPick)
      .when(createFulfillment({ fulfillmentId: second, lines: [lamps] }))
      .thenRejected({ code: 'FulfillmentExceedsOrder', lineId: lamps.lineId, left: 0 });
  });
  test('lines of a canceled fulfillment may be assigned anew', () => {
    const again = { fulfillmentId: second, lines: [candles, lamps] };
    given(...readyToPick, fulfillmentCanceled())
      .when(createFulfillment(again))
      .thenEvents(fulfillmentCreated(again));
  });
  test('picking waits for holds on the order, and names their reasons', () => {
    given(...readyToPick, holdPlaced(1), holdPlaced(2, 'Fraud check'))
      .when(startPicking())
      .thenRejected({ code: 'OrderOnHold', reasons: ['Address check', 'Fraud check'] });
    given(...readyToPick, holdPlaced(1), holdReleased(1))
      .when(startPicking())
      .thenEvents(pickingStarted);
  });
  test('a hold that comes after picking began does not turn it into a refusal', () => {
    given(...beingPicked, holdPlaced(1))
      .when(startPicking())
      .thenNothing();
  });
  test('later steps are the fulfillment’s own', () => {
    given(...beingPicked)
      .when(packFulfillment)
      .thenRejected({ code: 'ItemsNotPicked', left: 3 });
    given(...confirmed)
      .when(packFulfillment)
      .thenRejected({ code: 'FulfillmentUnknown' });
  });
});

describe('what the order says about money', () => {
  test('the bank is asked for an order that is on its way', () => {
    given(...placed)
      .when(requestAuthorization())
      .thenEvents(authorizationRequested());
  });
  test('the bank is not asked for an order that was called off, or never placed', () => {
    given(...placed, orderCanceled())
      .when(requestAuthorization())
      .thenRejected({ code: 'OrderClosed', status: 'canceled' });
    given(...placed, orderRejected)
      .when(requestAuthorization())
      .thenRejected({ code: 'OrderClosed', status: 'rejected' });
    given().when(requestAuthorization()).thenRejected({ code: 'OrderUnknown' });
  });
  test('having asked before stays a no-op after the order was called off', () => {
    given(...placed, authorizationRequested(), orderCanceled())
      .when(requestAuthorization())
      .thenNothing();
  });
  test('what the bank answers is taken down whatever became of the order', () => {
    given(...placed, authorizationRequested(), orderCanceled())
      .when(recordAuthorization())
      .thenEvents(authorized());
  });
  test('nothing is captured for a canceled order', () => {
    given(...confirmed, orderCanceled())
      .when(requestCapture(1, 100))
      .thenRejected({ code: 'OrderClosed', status: 'canceled' });
    given(...confirmed)
      .when(requestCapture(1, 100))
      .thenEvents(captureRequested(1, 100));
  });
  test('a refund is possible after completion', () => {
    given(...delivered, orderCompleted)
      .when(requestRefund(1, 1_990))
      .thenEvents(refundRequested(1, 1_990));
  });
});

describe('the fold', () => {
  test('counts each stream’s version', () => {
    expect(given(...delivered).state.versions).toEqual({
      [`order-${orderId}`]: 2,
      'payment-01932b5e-0000-7000-8000-000000002001': 4,
      'fulfillment-01932b5e-0000-7000-8000-000000003001': 7,
    });
  });
  test('accepts erased data in every personal field, and decides on them', () => {
    const forgotten: WaybillEvent[] = [
      orderPlaced({}, { contact: erased, shipTo: erasedAddress }),
      noteAdded({ text: erased }),
      orderConfirmed,
      fulfillmentCreated({ shipTo: erasedAddress }),
    ];
    given(...forgotten)
      .when(startPicking())
      .thenEvents(pickingStarted);
    given(...forgotten)
      .when(addNote(1))
      .thenNothing();
    expect(given(...forgotten).state.order).toMatchObject({ contact: erased, shipTo: { recipient: erased } });
  });
  test('leaves nothing of an old status behind', () => {
    const { fulfillments } = given(...delivered, fulfillmentDelivered).state;
    const [fulfillment] = Object.values(fulfillments);
    expect(Object.keys(fulfillment ?? {})).not.toContain('picker');
    expect(Object.keys(fulfillment ?? {})).not.toContain('packages');
  });
});
