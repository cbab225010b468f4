import type { WaybillEvent } from '#domain/events/registry.ts';
import type { FulfillmentEvent } from '#domain/fulfillment/events.ts';
import type { FulfillmentStatus } from '#domain/fulfillment/state.ts';
import type { DraftOrderCreated, DraftOrderRevised } from '#domain/order/draft-events.ts';
import type { OrderPlaced } from '#domain/order/events.ts';
import type { OrderStatus } from '#domain/order/state.ts';
import type { PaymentEvent } from '#domain/payment/events.ts';
import { evolve as evolvePayment } from '#domain/payment/evolve.ts';
import { absentPayment, type ExistingPayment } from '#domain/payment/state.ts';
import { sum } from '#domain/shared/money.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import { summarize, type WaybillSummary } from '#domain/waybill/summary.ts';
import type { ReadEvent, TableOf } from './define-projection.ts';
import { shown, waybillEventOf } from './waybill-event.ts';

type FulfillmentMemory = {
  readonly status: FulfillmentStatus;
  readonly warehouse: string;
  readonly holdReason: string | null;
};
type Memory = {
  readonly holds: Readonly<Record<string, string>>;
  readonly payments: Readonly<Record<string, ExistingPayment>>;
  readonly fulfillments: Readonly<Record<string, FulfillmentMemory>>;
};

/** One order as a line of the desk's list, with everything that it can be filtered by. */
export type OrderSearchRow = {
  readonly orderKey: string;
  readonly orderNumber: string;
  readonly externalReference: string | null;
  readonly customerId: string | null;
  readonly subjectId: string;
  /** Personal; null once erased. */
  readonly customerName: string | null;
  readonly tier: OrderPlaced['tier'];
  readonly channel: OrderPlaced['channel'];
  readonly currency: string;
  readonly totalMinor: number;
  readonly paidMinor: number;
  readonly refundedMinor: number;
  readonly refundPendingMinor: number;
  readonly country: string;
  readonly city: string;
  readonly orderStatus: WaybillSummary['orderStatus'];
  readonly paymentStatus: WaybillSummary['paymentStatus'];
  readonly fulfillmentStatus: WaybillSummary['fulfillmentStatus'];
  readonly holds: readonly string[];
  readonly isHeld: boolean;
  readonly tags: readonly string[];
  /** The account that looks after the order. */
  readonly assignee: string | null;
  readonly warehouses: readonly string[];
  readonly itemCount: number;
  readonly lineCount: number;
  readonly shipBy: string;
  readonly deliverBy: string;
  readonly placedAt: string;
  readonly updatedAt: string;
  readonly memory: Memory;
};

/** An index carries them, and its entries have a most. */
const warehousesMost = 40;

const summaryOf = (orderStatus: OrderStatus, currency: string, memory: Memory): WaybillSummary => {
  // `summarize` reads statuses, holds, currency and payments only; the rest of a waybill is not worth a rewrite at
  // every change of status. A test folds random histories both ways.
  const waybill = {
    order: { status: orderStatus, holds: memory.holds, currency },
    payments: memory.payments,
    fulfillments: memory.fulfillments,
    versions: {},
  } as unknown as Waybill;
  const summary = summarize(waybill);
  if (!summary) throw new Error('An order that was placed has a summary');
  return summary;
};

const fulfillmentAfter = (before: FulfillmentMemory | undefined, event: FulfillmentEvent): FulfillmentMemory => {
  if (event.type === 'FulfillmentCreated') return { status: 'open', warehouse: event.warehouse, holdReason: null };
  if (!before) throw new Error(`${event.type} before FulfillmentCreated on ${event.fulfillmentId}`);
  const now = (status: FulfillmentStatus): FulfillmentMemory => ({ ...before, status, holdReason: null });
  switch (event.type) {
    case 'FulfillmentHeld':
      return { ...before, status: 'on_hold', holdReason: event.reason };
    case 'FulfillmentReleased':
      return now('open');
    case 'PickingStarted':
      return now('picking');
    case 'FulfillmentPacked':
      return now('packed');
    case 'FulfillmentShipped':
      return now('shipped');
    case 'FulfillmentDelivered':
      return now('delivered');
    case 'DeliveryFailed':
      return now('delivery_failed');
    case 'FulfillmentCanceled':
      return now('canceled');
    case 'FulfillmentReduced':
      return event.isEmpty ? now('canceled') : before;
    case 'ItemPicked':
    case 'ShortPickReported':
    case 'TrackingUpdated':
    case 'FulfillmentExtended':
    case 'FulfillmentReaddressed':
    case 'ReturnReceived':
    case 'ReturnInspected':
      return before;
  }
};

const paymentAfter = (before: ExistingPayment | undefined, event: PaymentEvent): ExistingPayment => {
  const after = evolvePayment(before ?? absentPayment, event);
  if (after.status === 'absent') throw new Error(`${event.type} left no payment`);
  return after;
};

const ordered = ({ prices, totalsAfter }: Extract<WaybillEvent, { type: 'OrderAmended' | 'OrderLinesCanceled' }>) => ({
  totalMinor: totalsAfter.grandTotalMinor,
  itemCount: sum(prices.map(({ quantity }) => quantity)),
  lineCount: prices.length,
});

/** What was ordered, or is being written down. */
const content = (event: OrderPlaced | DraftOrderCreated | DraftOrderRevised) => ({
  customerName: shown(event.contact, ({ name }) => name),
  currency: event.currency,
  totalMinor: event.totals.grandTotalMinor,
  country: event.shipTo.country,
  city: event.shipTo.city,
  itemCount: sum(event.lines.map(({ quantity }) => quantity)),
  lineCount: event.lines.length,
  shipBy: event.promise.shipBy,
  deliverBy: event.promise.deliverBy,
});

/** What an event changes of a row, before the statuses are derived anew. The same row: nothing. */
const change = (row: OrderSearchRow, event: Exclude<WaybillEvent, OrderPlaced | DraftOrderCreated>): OrderSearchRow => {
  const { memory } = row;
  if ('paymentId' in event) {
    const payment = paymentAfter(memory.payments[event.paymentId], event);
    return { ...row, memory: { ...memory, payments: { ...memory.payments, [event.paymentId]: payment } } };
  }
  if ('fulfillmentId' in event) {
    const fulfillment = fulfillmentAfter(memory.fulfillments[event.fulfillmentId], event);
    const fulfillments = { ...memory.fulfillments, [event.fulfillmentId]: fulfillment };
    return { ...row, memory: { ...memory, fulfillments } };
  }
  switch (event.type) {
    case 'DraftOrderRevised':
      return { ...row, ...content(event) };
    case 'DraftOrderDiscarded':
      return { ...row, orderStatus: 'discarded' };
    case 'OrderConfirmed':
      return { ...row, orderStatus: 'confirmed' };
    case 'OrderRejected':
      return { ...row, orderStatus: 'rejected' };
    case 'OrderCanceled':
      return { ...row, orderStatus: 'canceled' };
    case 'OrderCompleted':
      return { ...row, orderStatus: 'completed' };
    case 'OrderHoldPlaced':
      return { ...row, memory: { ...memory, holds: { ...memory.holds, [event.holdId]: event.reason } } };
    case 'OrderHoldReleased': {
      const { [event.holdId]: _released, ...holds } = memory.holds;
      return { ...row, memory: { ...memory, holds } };
    }
    case 'OrderNoteAdded':
    case 'NotificationSent':
      return row;
    case 'OrderTagged':
      return { ...row, tags: [...new Set([...row.tags, event.tag])].toSorted() };
    case 'OrderUntagged':
      return { ...row, tags: row.tags.filter((tag) => tag !== event.tag) };
    case 'OrderAssigned':
      return { ...row, assignee: event.to };
    case 'AmendmentRequested':
    case 'AmendmentDeclined':
    case 'OrderLineAdded':
    case 'OrderLineQuantityChanged':
    case 'OrderLineRemoved':
    case 'OrderLinePriceOverridden':
    case 'DiscountApplied':
    case 'DiscountRemoved':
    case 'ShippingMethodChanged':
    case 'ReturnRequested':
    case 'ReturnApproved':
    case 'ReturnDeclined':
    case 'NotificationRequested':
      return row;
    case 'ShippingAddressChanged':
      return { ...row, country: event.to.country, city: event.to.city };
    case 'OrderAmended': {
      // An exchange opens an order again that was complete.
      const orderStatus = row.orderStatus === 'completed' ? 'confirmed' : row.orderStatus;
      const { shipBy, deliverBy } = event.promise;
      return { ...row, ...ordered(event), orderStatus, shipBy, deliverBy };
    }
    case 'OrderLinesCanceled':
      return { ...row, ...ordered(event) };
  }
};

const placed = (event: OrderPlaced | DraftOrderCreated, at: string, isDraft: boolean): OrderSearchRow => ({
  orderKey: event.orderId,
  orderNumber: event.orderNumber,
  externalReference: 'externalReference' in event ? event.externalReference : null,
  customerId: event.customerId,
  subjectId: event.subjectId,
  tier: event.tier,
  channel: 'channel' in event ? event.channel : 'phone',
  ...content(event),
  paidMinor: 0,
  refundedMinor: 0,
  refundPendingMinor: 0,
  orderStatus: isDraft ? 'draft' : 'placed',
  paymentStatus: 'pending',
  fulfillmentStatus: null,
  holds: [],
  isHeld: false,
  tags: [],
  assignee: null,
  warehouses: [],
  placedAt: at,
  updatedAt: at,
  memory: { holds: {}, payments: {}, fulfillments: {} },
});

/** The list's row after one more event. Notes and mails leave it alone: the list shows nothing of them. */
const evolve = (row: OrderSearchRow | undefined, recorded: ReadEvent): OrderSearchRow | undefined => {
  const event = waybillEventOf(recorded);
  if (!event) return row;
  if (event.type === 'DraftOrderCreated') return placed(event, recorded.occurredAt, true);
  if (event.type === 'OrderPlaced')
    // What colleagues put on the draft stays with the order.
    return { ...placed(event, recorded.occurredAt, false), ...(row && { tags: row.tags, assignee: row.assignee }) };
  if (!row) throw new Error(`${event.type} before OrderPlaced on ${event.orderId}`);
  const after = change(row, event);
  return after === row ? row : { ...after, updatedAt: recorded.occurredAt };
};

/** The statuses, sums and warehouses that follow from what the row remembers. */
const toRow = (row: OrderSearchRow): OrderSearchRow => {
  const summary = summaryOf(row.orderStatus, row.currency, row.memory);
  const standing = Object.values(row.memory.fulfillments).filter(({ status }) => status !== 'canceled');
  return {
    ...row,
    paymentStatus: summary.paymentStatus,
    fulfillmentStatus: summary.fulfillmentStatus,
    paidMinor: summary.paidMinor,
    refundedMinor: summary.refundedMinor,
    refundPendingMinor: summary.refundPendingMinor,
    holds: summary.holds,
    isHeld: summary.holds.length > 0,
    warehouses: [...new Set(standing.map(({ warehouse }) => warehouse))].toSorted().slice(0, warehousesMost),
  };
};

export const orderSearchFold = { evolve, toRow };

export const orderSearchTable: TableOf<OrderSearchRow> = {
  name: 'order_search',
  key: ['orderKey'],
  columns: {
    orderKey: 'uuid',
    orderNumber: 'text',
    externalReference: 'text',
    customerId: 'text',
    subjectId: 'text',
    customerName: 'text',
    tier: 'text',
    channel: 'text',
    currency: 'text',
    totalMinor: 'bigint',
    paidMinor: 'bigint',
    refundedMinor: 'bigint',
    refundPendingMinor: 'bigint',
    country: 'text',
    city: 'text',
    orderStatus: 'text',
    paymentStatus: 'text',
    fulfillmentStatus: 'text',
    holds: 'text[]',
    isHeld: 'boolean',
    tags: 'text[]',
    assignee: 'text',
    warehouses: 'text[]',
    itemCount: 'int',
    lineCount: 'int',
    shipBy: 'timestamptz',
    deliverBy: 'timestamptz',
    placedAt: 'timestamptz',
    updatedAt: 'timestamptz',
    memory: 'json',
  },
  personal: ['customerName'],
};
