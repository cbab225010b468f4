import type { FulfillmentEvent, FulfillmentLine } from '#domain/fulfillment/events.ts';
import type { FulfillmentStatus } from '#domain/fulfillment/state.ts';
import { sum } from '#domain/shared/money.ts';
import { defineProjection, type ReadEvent, rowFold } from './define-projection.ts';
import { fulfillmentReturns } from './fulfillment-returns.ts';
import { shown, waybillEventOf } from './waybill-event.ts';

type Created = Extract<FulfillmentEvent, { type: 'FulfillmentCreated' }>;

export type QueueLine = FulfillmentLine & {
  /** How many are in the tote. */
  readonly picked: number;
  /** How many were not in the bin. */
  readonly missing: number;
};

/** One fulfillment as the floor and the dashboard show it. */
export type FulfillmentQueueRow = {
  readonly fulfillmentId: string;
  readonly orderKey: string;
  readonly orderNumber: string;
  readonly subjectId: string;
  readonly tier: Created['tier'];
  /** Personal; null once erased. */
  readonly customerName: string | null;
  readonly country: string;
  readonly city: string;
  readonly postalCode: string;
  readonly warehouse: string;
  /** Why this warehouse, in words. */
  readonly sourcing: string;
  readonly shippingMethodCode: Created['shippingMethod']['code'];
  readonly shippingMethodName: string;
  readonly shipBy: string;
  readonly deliverBy: string;
  readonly status: FulfillmentStatus;
  readonly holdReason: string | null;
  readonly picker: string | null;
  readonly lines: readonly QueueLine[];
  readonly skus: readonly string[];
  readonly units: number;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly packages: readonly { readonly parcelId: string; readonly weightGrams: number }[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly shippedAt: string | null;
  readonly deliveredAt: string | null;
  /** The fulfillment stream's version: what a command is decided on. */
  readonly version: number;
};

/** The statuses that still wait for the warehouse: the partial indexes of the table name the same four. */
export const pendingStatuses = ['open', 'on_hold', 'picking', 'packed'] as const satisfies FulfillmentStatus[];

const where = (event: Pick<Created, 'shipTo' | 'shippingMethod' | 'promise'>) => ({
  customerName: shown(event.shipTo.recipient, ({ name }) => name),
  country: event.shipTo.country,
  city: event.shipTo.city,
  postalCode: event.shipTo.postalCode,
  shippingMethodCode: event.shippingMethod.code,
  shippingMethodName: event.shippingMethod.name,
  shipBy: event.promise.shipBy,
  deliverBy: event.promise.deliverBy,
});

const counted = (lines: readonly QueueLine[]) => ({
  lines,
  skus: [...new Set(lines.map(({ sku }) => sku))],
  units: sum(lines.map(({ quantity }) => quantity)),
});

const created = (event: Created, recorded: ReadEvent): FulfillmentQueueRow => ({
  fulfillmentId: event.fulfillmentId,
  orderKey: event.orderId,
  orderNumber: event.orderNumber,
  subjectId: event.subjectId,
  tier: event.tier,
  ...where(event),
  warehouse: event.warehouse,
  sourcing: event.sourcing,
  status: 'open',
  holdReason: null,
  picker: null,
  ...counted(event.lines.map((line) => ({ ...line, picked: 0, missing: 0 }))),
  carrier: null,
  trackingNumber: null,
  packages: [],
  createdAt: recorded.occurredAt,
  updatedAt: recorded.occurredAt,
  shippedAt: null,
  deliveredAt: null,
  version: recorded.version,
});

const addTo = (
  row: FulfillmentQueueRow,
  lineId: string,
  counted: 'picked' | 'missing',
  quantity: number,
): QueueLine[] =>
  row.lines.map((line) => (line.lineId === lineId ? { ...line, [counted]: line[counted] + quantity } : line));

type Change = Partial<FulfillmentQueueRow>;

const change = (row: FulfillmentQueueRow, event: Exclude<FulfillmentEvent, Created>, at: string): Change => {
  switch (event.type) {
    case 'FulfillmentHeld':
      return { status: 'on_hold', holdReason: event.reason };
    case 'FulfillmentReleased':
      return { status: 'open', holdReason: null };
    case 'PickingStarted':
      return { status: 'picking', holdReason: null, picker: event.picker };
    case 'ItemPicked':
      return { lines: addTo(row, event.lineId, 'picked', event.quantity) };
    case 'ShortPickReported':
      return { lines: addTo(row, event.lineId, 'missing', event.missing) };
    case 'FulfillmentPacked':
      return { status: 'packed', packages: event.packages };
    case 'FulfillmentShipped': {
      const { carrier, trackingNumber } = event;
      return { status: 'shipped', carrier, trackingNumber, shippedAt: at };
    }
    case 'TrackingUpdated':
      return {};
    case 'FulfillmentDelivered':
      return { status: 'delivered', deliveredAt: at };
    case 'DeliveryFailed':
      return { status: 'delivery_failed' };
    case 'FulfillmentCanceled':
      return { status: 'canceled', holdReason: null };
    case 'FulfillmentReduced': {
      const taken = (lineId: string) => event.lines.find((line) => line.lineId === lineId)?.quantity ?? 0;
      const lines = row.lines
        .map((line) => ({ ...line, quantity: line.quantity - taken(line.lineId) }))
        .filter(({ quantity }) => quantity > 0);
      return event.isEmpty ? { ...counted(lines), status: 'canceled', holdReason: null } : counted(lines);
    }
    case 'FulfillmentExtended': {
      const more = (lineId: string) => event.lines.find((line) => line.lineId === lineId)?.quantity ?? 0;
      const grown = row.lines.map((line) => ({ ...line, quantity: line.quantity + more(line.lineId) }));
      const fresh = event.lines.filter(({ lineId }) => !row.lines.some((line) => line.lineId === lineId));
      return counted([...grown, ...fresh.map((line) => ({ ...line, picked: 0, missing: 0 }))]);
    }
    case 'FulfillmentReaddressed':
      return where(event);
    case 'ReturnReceived':
    case 'ReturnInspected':
      return {};
  }
};

export const evolveFulfillmentQueue = (
  row: FulfillmentQueueRow | undefined,
  recorded: ReadEvent,
): FulfillmentQueueRow | undefined => {
  const event = waybillEventOf(recorded);
  if (!event || !('fulfillmentId' in event) || 'paymentId' in event) return row;
  if (event.type === 'FulfillmentCreated') return created(event, recorded);
  if (!row) throw new Error(`${event.type} before FulfillmentCreated on ${event.fulfillmentId}`);
  return {
    ...row,
    ...change(row, event, recorded.occurredAt),
    updatedAt: recorded.occurredAt,
    version: recorded.version,
  };
};

/** An order that is held, whether or not it has fulfillments yet. */
export type FulfillmentHoldsRow = {
  readonly orderKey: string;
  readonly holds: Readonly<Record<string, string>>;
  readonly reasons: readonly string[];
  /** Since when there has been a hold without a break. */
  readonly since: string;
};

export const evolveFulfillmentHolds = (
  row: FulfillmentHoldsRow | undefined,
  recorded: ReadEvent,
): FulfillmentHoldsRow | undefined => {
  const event = waybillEventOf(recorded);
  if (event?.type === 'OrderHoldPlaced') {
    const holds = { ...row?.holds, [event.holdId]: event.reason };
    return {
      orderKey: event.orderId,
      holds,
      reasons: Object.values(holds).toSorted(),
      since: row?.since ?? recorded.occurredAt,
    };
  }
  if (event?.type !== 'OrderHoldReleased' || !row) return row;
  const { [event.holdId]: _released, ...holds } = row.holds;
  const reasons = Object.values(holds).toSorted();
  return reasons.length === 0 ? undefined : { ...row, holds, reasons };
};

/** The warehouse's queue and the admin's dashboard. Its stock column is a lookup in `inventory_view` by `skus`. */
export const fulfillmentQueue = defineProjection({
  name: 'fulfillment_queue',
  version: 1,
  reads: 'orders',
  folds: [
    rowFold<FulfillmentQueueRow>({
      table: {
        name: 'fulfillment_queue',
        key: ['fulfillmentId'],
        columns: {
          fulfillmentId: 'uuid',
          orderKey: 'uuid',
          orderNumber: 'text',
          subjectId: 'text',
          tier: 'text',
          customerName: 'text',
          country: 'text',
          city: 'text',
          postalCode: 'text',
          warehouse: 'text',
          sourcing: 'text',
          shippingMethodCode: 'text',
          shippingMethodName: 'text',
          shipBy: 'timestamptz',
          deliverBy: 'timestamptz',
          status: 'text',
          holdReason: 'text',
          picker: 'text',
          lines: 'jsonb',
          skus: 'text[]',
          units: 'int',
          carrier: 'text',
          trackingNumber: 'text',
          packages: 'jsonb',
          createdAt: 'timestamptz',
          updatedAt: 'timestamptz',
          shippedAt: 'timestamptz',
          deliveredAt: 'timestamptz',
          version: 'int',
        },
        personal: ['customerName'],
      },
      key: (recorded) =>
        recorded.streamType === 'fulfillment' && 'fulfillmentId' in recorded.event
          ? recorded.event.fulfillmentId
          : null,
      evolve: evolveFulfillmentQueue,
    }),
    rowFold<FulfillmentHoldsRow>({
      table: {
        name: 'fulfillment_holds',
        key: ['orderKey'],
        columns: { orderKey: 'uuid', holds: 'jsonb', reasons: 'text[]', since: 'timestamptz' },
        personal: [],
      },
      key: ({ event, orderKey }) =>
        event.type === 'OrderHoldPlaced' || event.type === 'OrderHoldReleased' ? orderKey : null,
      evolve: evolveFulfillmentHolds,
    }),
    fulfillmentReturns,
  ],
});
