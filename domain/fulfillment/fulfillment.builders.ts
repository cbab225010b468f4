import { address } from '../order/order.builders.ts';
import { candle, fulfillmentId, lamp, lineIdOf, marta, orderId, porto } from '../shared/ids.builders.ts';
import type { LineId } from '../shared/ids.ts';
import type { CreateFulfillment, FulfillmentCommand } from './decide.ts';
import type { FulfillmentEvent, FulfillmentLine } from './events.ts';

type Of<Type extends FulfillmentEvent['type']> = Extract<FulfillmentEvent, { type: Type }>;
type Command<Type extends FulfillmentCommand['type']> = Extract<FulfillmentCommand, { type: Type }>;

const keys = { fulfillmentId, orderId };
/** The lines of `orderPlaced()`: two candles and a lamp. */
export const candles: FulfillmentLine = {
  lineId: lineIdOf(1),
  sku: candle,
  name: 'Beeswax candle',
  picture: 'candle',
  hue: 85,
  bin: 'C-04-2',
  quantity: 2,
};
export const lamps: FulfillmentLine = { ...candles, lineId: lineIdOf(2), sku: lamp, name: 'Desk lamp', quantity: 1 };
const skuOfLine = (lineId: LineId) => (lineId === lamps.lineId ? lamp : candle);

export const createFulfillment = (over: Partial<Omit<CreateFulfillment, 'type'>> = {}): CreateFulfillment => ({
  type: 'CreateFulfillment',
  ...keys,
  orderNumber: 'WB-48213',
  subjectId: marta,
  tier: 'gold',
  warehouse: porto,
  sourcing: 'nearest with all 2 lines',
  shipTo: address,
  shippingMethod: { code: 'standard', name: 'Standard', priceMinor: 490 },
  promise: { shipBy: '2026-11-16T12:00:00.000Z', deliverBy: '2026-11-19T18:00:00.000Z' },
  lines: [candles, lamps],
  ...over,
});
export const fulfillmentCreated = (over: Partial<Omit<CreateFulfillment, 'type'>> = {}): Of<'FulfillmentCreated'> => ({
  ...createFulfillment(over),
  type: 'FulfillmentCreated',
});
export const fulfillmentHeld: Of<'FulfillmentHeld'> = { type: 'FulfillmentHeld', ...keys, reason: 'Stock count' };
export const fulfillmentReleased: Of<'FulfillmentReleased'> = { type: 'FulfillmentReleased', ...keys };
export const pickingStarted: Of<'PickingStarted'> = {
  type: 'PickingStarted',
  ...keys,
  warehouse: porto,
  picker: 'user-rui',
};
export const itemPicked = (lineId: LineId, quantity: number): Of<'ItemPicked'> => ({
  type: 'ItemPicked',
  ...keys,
  lineId,
  sku: skuOfLine(lineId),
  quantity,
});
export const shortPickReported = (lineId: LineId, missing: number): Of<'ShortPickReported'> => ({
  type: 'ShortPickReported',
  ...keys,
  lineId,
  sku: skuOfLine(lineId),
  missing,
});
export const packages = [{ parcelId: 'P-1', weightGrams: 900 }];
export const fulfillmentPacked: Of<'FulfillmentPacked'> = { type: 'FulfillmentPacked', ...keys, packages };
const shipment = { carrier: 'CTT', trackingNumber: 'RR123456785PT' };
export const fulfillmentShipped: Of<'FulfillmentShipped'> = {
  type: 'FulfillmentShipped',
  ...keys,
  warehouse: porto,
  ...shipment,
  lines: [
    { lineId: candles.lineId, sku: candle, quantity: 2 },
    { lineId: lamps.lineId, sku: lamp, quantity: 1 },
  ],
};
export const trackingUpdated: Of<'TrackingUpdated'> = { type: 'TrackingUpdated', ...keys, status: 'Out for delivery' };
export const fulfillmentDelivered: Of<'FulfillmentDelivered'> = { type: 'FulfillmentDelivered', ...keys };
export const deliveryFailed: Of<'DeliveryFailed'> = { type: 'DeliveryFailed', ...keys, reason: 'Nobody at home' };
export const fulfillmentCanceled = (reason = 'Changed her mind'): Of<'FulfillmentCanceled'> => ({
  type: 'FulfillmentCanceled',
  ...keys,
  reason,
});

export const startPicking = (picker = 'user-rui'): Command<'StartPicking'> => ({
  type: 'StartPicking',
  ...keys,
  picker,
});
export const pickItem = (lineId: LineId, quantity: number): Command<'PickItem'> => ({
  type: 'PickItem',
  ...keys,
  lineId,
  quantity,
});
export const reportShortPick = (lineId: LineId, missing: number): Command<'ReportShortPick'> => ({
  type: 'ReportShortPick',
  ...keys,
  lineId,
  missing,
});
export const packFulfillment: Command<'PackFulfillment'> = { type: 'PackFulfillment', ...keys, packages };
export const shipFulfillment: Command<'ShipFulfillment'> = { type: 'ShipFulfillment', ...keys, ...shipment };
export const updateTracking: Command<'UpdateTracking'> = {
  type: 'UpdateTracking',
  ...keys,
  status: 'Out for delivery',
};
export const deliverFulfillment: Command<'DeliverFulfillment'> = { type: 'DeliverFulfillment', ...keys };
export const failDelivery: Command<'FailDelivery'> = { type: 'FailDelivery', ...keys, reason: 'Nobody at home' };

/** Everything is in the tote. */
export const picked: readonly FulfillmentEvent[] = [
  fulfillmentCreated(),
  pickingStarted,
  itemPicked(candles.lineId, 2),
  itemPicked(lamps.lineId, 1),
];
export const shipped: readonly FulfillmentEvent[] = [...picked, fulfillmentPacked, fulfillmentShipped];
