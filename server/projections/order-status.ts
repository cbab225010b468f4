import { sum } from '#domain/shared/money.ts';
import { blankWaybill, evolve, type Waybill } from '#domain/waybill/state.ts';
import { summarize, type WaybillSummary } from '#domain/waybill/summary.ts';
import { defineProjection, type ReadEvent, rowFold } from './define-projection.ts';
import { waybillEventOf } from './waybill-event.ts';

/** One order as its customer's list and its page show it. */
export type OrderStatusRow = {
  readonly orderKey: string;
  readonly orderNumber: string;
  readonly externalReference: string | null;
  readonly customerId: string | null;
  readonly subjectId: string;
  readonly placedAt: string;
  /** Business time of the last event. */
  readonly updatedAt: string;
  readonly orderStatus: WaybillSummary['orderStatus'];
  readonly paymentStatus: WaybillSummary['paymentStatus'];
  readonly fulfillmentStatus: WaybillSummary['fulfillmentStatus'];
  readonly holds: readonly string[];
  readonly currency: string;
  readonly grandTotalMinor: number;
  readonly paidMinor: number;
  readonly refundedMinor: number;
  /** Units over all lines. */
  readonly itemCount: number;
  readonly lineCount: number;
  readonly firstLineName: string | null;
  readonly firstLinePicture: string | null;
  readonly firstLineHue: number | null;
  /** The last event that is folded in. */
  readonly incarnation: number;
  readonly transactionId: number;
  readonly position: number;
  /** The state of all streams under the order key, for the browser's decider. Personal. */
  readonly waybill: Waybill;
};

/** What its row follows from. */
type OrderStatusState = Pick<
  OrderStatusRow,
  'placedAt' | 'updatedAt' | 'incarnation' | 'transactionId' | 'position' | 'waybill'
>;

const evolveOrderStatus = (state: OrderStatusState | undefined, recorded: ReadEvent): OrderStatusState | undefined => {
  const event = waybillEventOf(recorded);
  if (!event) return state;
  const waybill = evolve(state?.waybill ?? blankWaybill, event);
  if (waybill.order.status === 'absent') throw new Error(`${event.type} before OrderPlaced on ${event.orderId}`);
  return {
    // A draft is as old as its first line; the order, as its placing.
    placedAt: event.type === 'OrderPlaced' ? recorded.occurredAt : (state?.placedAt ?? recorded.occurredAt),
    updatedAt: recorded.occurredAt,
    ...recorded.at,
    waybill,
  };
};

const toRow = (state: OrderStatusState): OrderStatusRow => {
  const { order } = state.waybill;
  const summary = summarize(state.waybill);
  if (order.status === 'absent' || !summary) throw new Error('An order that was placed has a summary');
  const [firstLine] = order.lines;
  return {
    orderKey: order.orderId,
    orderNumber: order.orderNumber,
    externalReference: order.externalReference,
    customerId: order.customerId,
    subjectId: order.subjectId,
    placedAt: state.placedAt,
    updatedAt: state.updatedAt,
    orderStatus: summary.orderStatus,
    paymentStatus: summary.paymentStatus,
    fulfillmentStatus: summary.fulfillmentStatus,
    holds: summary.holds,
    currency: order.currency,
    grandTotalMinor: order.totals.grandTotalMinor,
    paidMinor: summary.paidMinor,
    refundedMinor: summary.refundedMinor,
    itemCount: sum(order.lines.map(({ quantity }) => quantity)),
    lineCount: order.lines.length,
    firstLineName: firstLine?.name ?? null,
    firstLinePicture: firstLine?.picture ?? null,
    firstLineHue: firstLine?.hue ?? null,
    incarnation: state.incarnation,
    transactionId: state.transactionId,
    position: state.position,
    waybill: state.waybill,
  };
};

export const orderStatusFold = { evolve: evolveOrderStatus, toRow };

/** The customer's list and detail, and the order page. */
export const orderStatus = defineProjection({
  name: 'order_status',
  version: 2,
  reads: 'orders',
  folds: [
    rowFold<OrderStatusRow, OrderStatusState>({
      table: {
        name: 'order_status',
        key: ['orderKey'],
        columns: {
          orderKey: 'uuid',
          orderNumber: 'text',
          externalReference: 'text',
          customerId: 'text',
          subjectId: 'text',
          placedAt: 'timestamptz',
          updatedAt: 'timestamptz',
          orderStatus: 'text',
          paymentStatus: 'text',
          fulfillmentStatus: 'text',
          holds: 'text[]',
          currency: 'text',
          grandTotalMinor: 'bigint',
          paidMinor: 'bigint',
          refundedMinor: 'bigint',
          itemCount: 'int',
          lineCount: 'int',
          firstLineName: 'text',
          firstLinePicture: 'text',
          firstLineHue: 'int',
          incarnation: 'int',
          transactionId: 'bigint',
          position: 'bigint',
          waybill: 'json',
        },
        personal: ['waybill'],
      },
      key: (event) => event.orderKey,
      ...orderStatusFold,
    }),
  ],
});
