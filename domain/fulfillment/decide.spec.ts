import { describe, test } from 'vitest';
import { candle, lineIdOf } from '../shared/ids.builders.ts';
import { specificationOf } from '../shared/spec.ts';
import { decide } from './decide.ts';
import { evolve } from './evolve.ts';
import {
  candles,
  createFulfillment,
  deliverFulfillment,
  deliveryFailed,
  failDelivery,
  fulfillmentCanceled,
  fulfillmentCreated,
  fulfillmentDelivered,
  fulfillmentHeld,
  fulfillmentPacked,
  fulfillmentReleased,
  fulfillmentShipped,
  itemPicked,
  lamps,
  packFulfillment,
  picked,
  pickItem,
  pickingStarted,
  reportShortPick,
  shipFulfillment,
  shipped,
  shortPickReported,
  startPicking,
  trackingUpdated,
  updateTracking,
} from './fulfillment.builders.ts';
import { absentFulfillment } from './state.ts';

const given = specificationOf({ decide, evolve, initial: absentFulfillment });

test('a fulfillment is created once', () => {
  given().when(createFulfillment()).thenEvents(fulfillmentCreated());
  given(fulfillmentCreated()).when(createFulfillment()).thenNothing();
});

test('no step is taken on a fulfillment that was never created', () => {
  for (const command of [
    startPicking(),
    pickItem(candles.lineId, 1),
    reportShortPick(candles.lineId, 1),
    packFulfillment,
    shipFulfillment,
    updateTracking,
    deliverFulfillment,
    failDelivery,
  ])
    given().when(command).thenRejected({ code: 'FulfillmentUnknown' });
});

describe('starting to pick', () => {
  test('takes an open fulfillment, and says in which warehouse', () => {
    given(fulfillmentCreated()).when(startPicking()).thenEvents(pickingStarted);
  });
  test('changes nothing when the same picker asks again', () => {
    given(fulfillmentCreated(), pickingStarted).when(startPicking()).thenNothing();
  });
  test('is refused to a second picker', () => {
    given(fulfillmentCreated(), pickingStarted)
      .when(startPicking('user-ana'))
      .thenRejected({ code: 'FulfillmentNotReady', status: 'picking' });
  });
  test('is refused on hold, with the reason, until released', () => {
    given(fulfillmentCreated(), fulfillmentHeld)
      .when(startPicking())
      .thenRejected({ code: 'FulfillmentOnHold', reason: 'Stock count' });
    given(fulfillmentCreated(), fulfillmentHeld, fulfillmentReleased).when(startPicking()).thenEvents(pickingStarted);
  });
  test('is refused once canceled', () => {
    given(fulfillmentCreated(), fulfillmentCanceled())
      .when(startPicking())
      .thenRejected({ code: 'FulfillmentNotReady', status: 'canceled' });
  });
});

describe('picking', () => {
  const started = [fulfillmentCreated(), pickingStarted];

  test('goes unit by unit, up to the line', () => {
    given(...started)
      .when(pickItem(candles.lineId, 1))
      .thenEvents(itemPicked(candles.lineId, 1));
    given(...started, itemPicked(candles.lineId, 1))
      .when(pickItem(candles.lineId, 2))
      .thenRejected({ code: 'PickExceedsLine', left: 1 });
  });
  test('is refused for nothing, for a line of another order, and before it was started', () => {
    given(...started)
      .when(pickItem(candles.lineId, 0))
      .thenRejected({ code: 'PickExceedsLine', left: 2 });
    given(...started)
      .when(pickItem(lineIdOf(9), 1))
      .thenRejected({ code: 'LineUnknown' });
    given(fulfillmentCreated())
      .when(pickItem(candles.lineId, 1))
      .thenRejected({ code: 'FulfillmentNotReady', status: 'open' });
  });
  test('reports what is not in the bin, up to what is left of the line', () => {
    given(...started, itemPicked(candles.lineId, 1))
      .when(reportShortPick(candles.lineId, 1))
      .thenEvents(shortPickReported(candles.lineId, 1));
    given(...started, itemPicked(candles.lineId, 1), shortPickReported(candles.lineId, 1))
      .when(reportShortPick(candles.lineId, 1))
      .thenRejected({ code: 'PickExceedsLine', left: 0 });
  });
  test('ends the fulfillment when the last piece is missing too, and nothing at all was found', () => {
    given(...started, shortPickReported(candles.lineId, 2))
      .when(reportShortPick(lamps.lineId, 1))
      .thenEvents(shortPickReported(lamps.lineId, 1), fulfillmentCanceled('Nothing of it was found on the shelves.'));
    given(...started, itemPicked(candles.lineId, 1), shortPickReported(candles.lineId, 1))
      .when(reportShortPick(lamps.lineId, 1))
      .thenEvents(shortPickReported(lamps.lineId, 1));
  });
  test('refuses a short pick of nothing, of a line of another order, and before it was started', () => {
    given(...started)
      .when(reportShortPick(candles.lineId, 0))
      .thenRejected({ code: 'PickExceedsLine', left: 2 });
    given(...started)
      .when(reportShortPick(lineIdOf(9), 1))
      .thenRejected({ code: 'LineUnknown' });
    given(fulfillmentCreated())
      .when(reportShortPick(candles.lineId, 1))
      .thenRejected({ code: 'FulfillmentNotReady', status: 'open' });
  });
});

describe('packing', () => {
  test('closes the parcels when everything is in the tote, once', () => {
    given(...picked)
      .when(packFulfillment)
      .thenEvents(fulfillmentPacked);
    given(...picked, fulfillmentPacked)
      .when(packFulfillment)
      .thenNothing();
  });
  test('counts what was reported missing as settled', () => {
    given(fulfillmentCreated(), pickingStarted, itemPicked(candles.lineId, 2), shortPickReported(lamps.lineId, 1))
      .when(packFulfillment)
      .thenEvents(fulfillmentPacked);
  });
  test('is refused while items are left, and says how many', () => {
    given(fulfillmentCreated(), pickingStarted, itemPicked(candles.lineId, 1))
      .when(packFulfillment)
      .thenRejected({ code: 'ItemsNotPicked', left: 2 });
  });
  test('is refused when nothing at all was found', () => {
    const missing = [shortPickReported(candles.lineId, 2), shortPickReported(lamps.lineId, 1)];
    given(fulfillmentCreated(), pickingStarted, ...missing)
      .when(packFulfillment)
      .thenRejected({ code: 'NothingPicked' });
  });
  test('is refused before picking', () => {
    given(fulfillmentCreated()).when(packFulfillment).thenRejected({ code: 'FulfillmentNotReady', status: 'open' });
  });
});

describe('shipping', () => {
  test('sends what was picked, once', () => {
    given(...picked, fulfillmentPacked)
      .when(shipFulfillment)
      .thenEvents(fulfillmentShipped);
    given(...shipped)
      .when(shipFulfillment)
      .thenNothing();
  });
  test('leaves out what was missing', () => {
    const short = [
      itemPicked(candles.lineId, 1),
      shortPickReported(candles.lineId, 1),
      shortPickReported(lamps.lineId, 1),
    ];
    given(fulfillmentCreated(), pickingStarted, ...short, fulfillmentPacked)
      .when(shipFulfillment)
      .thenEvents({ ...fulfillmentShipped, lines: [{ lineId: candles.lineId, sku: candle, quantity: 1 }] });
  });
  test('is refused before packing, and under a second tracking number', () => {
    given(...picked)
      .when(shipFulfillment)
      .thenRejected({ code: 'FulfillmentNotReady', status: 'picking' });
    given(...shipped)
      .when({ ...shipFulfillment, trackingNumber: 'RR999999999PT' })
      .thenRejected({ code: 'FulfillmentNotReady', status: 'shipped' });
  });
});

describe('on the road', () => {
  test('the carrier reports while it is shipped, and at no other time', () => {
    given(...shipped)
      .when(updateTracking)
      .thenEvents(trackingUpdated);
    given(...shipped, fulfillmentDelivered)
      .when(updateTracking)
      .thenRejected({ code: 'FulfillmentNotReady', status: 'delivered' });
  });
  test('it is delivered once, after a failed attempt too', () => {
    given(...shipped, trackingUpdated)
      .when(deliverFulfillment)
      .thenEvents(fulfillmentDelivered);
    given(...shipped, deliveryFailed)
      .when(deliverFulfillment)
      .thenEvents(fulfillmentDelivered);
    given(...shipped, fulfillmentDelivered)
      .when(deliverFulfillment)
      .thenNothing();
  });
  test('it is not delivered before it was shipped', () => {
    given(...picked, fulfillmentPacked)
      .when(deliverFulfillment)
      .thenRejected({ code: 'FulfillmentNotReady', status: 'packed' });
  });
  test('delivery fails once, and not after it was delivered', () => {
    given(...shipped)
      .when(failDelivery)
      .thenEvents(deliveryFailed);
    given(...shipped, deliveryFailed)
      .when(failDelivery)
      .thenNothing();
    given(...shipped, fulfillmentDelivered)
      .when(failDelivery)
      .thenRejected({ code: 'FulfillmentNotReady', status: 'delivered' });
  });
});
