import type { OrderPlaced } from '#domain/order/events.ts';
import { sum } from '#domain/shared/money.ts';
import { aggregateFold, type Contribution, defineProjection, type ReadEvent } from './define-projection.ts';
import { utcDay, waybillEventOf } from './waybill-event.ts';

type SkuSale = { readonly sku: string; readonly quantity: number; readonly totalMinor: number };

/** What one order has added to the days. Days are days of the business time, in UTC. */
export type AnalyticsOrderRow = {
  readonly orderKey: string;
  readonly channel: OrderPlaced['channel'];
  readonly country: string;
  readonly currency: string;
  readonly placedAt: string;
  readonly placedOn: string;
  readonly orderedMinor: number;
  readonly skus: readonly SkuSale[];
  readonly isRejected: boolean;
  readonly canceledOn: string | null;
  readonly firstShippedAt: string | null;
  readonly lastDeliveredAt: string | null;
  /** Minor units by day. */
  readonly captured: Readonly<Record<string, number>>;
  readonly refunded: Readonly<Record<string, { readonly count: number; readonly minor: number }>>;
};

/** A row of `analytics_daily`; see the migration for what each measure counts. Revenue is money captured. */
export type AnalyticsDailyRow = {
  readonly day: string;
  readonly channel: string;
  readonly country: string;
  readonly currency: string;
  readonly orders: number;
  readonly units: number;
  readonly orderedMinor: number;
  readonly rejected: number;
  readonly revenueMinor: number;
  readonly refunds: number;
  readonly refundedMinor: number;
  readonly canceled: number;
  readonly shipped: number;
  readonly shipSeconds: number;
  readonly delivered: number;
  readonly deliverSeconds: number;
};

/** A row of `analytics_daily_skus`. */
export type AnalyticsDailySkuRow = {
  readonly day: string;
  readonly sku: string;
  readonly currency: string;
  readonly orders: number;
  readonly units: number;
  readonly orderedMinor: number;
};

const salesBySku = (lines: readonly SkuSale[]): SkuSale[] => {
  const bySku = new Map<string, SkuSale>();
  for (const { sku, quantity, totalMinor } of lines) {
    const before = bySku.get(sku);
    bySku.set(sku, {
      sku,
      quantity: quantity + (before?.quantity ?? 0),
      totalMinor: totalMinor + (before?.totalMinor ?? 0),
    });
  }
  return [...bySku.values()];
};

const placed = (event: OrderPlaced, at: string): AnalyticsOrderRow => ({
  orderKey: event.orderId,
  channel: event.channel,
  country: event.shipTo.country,
  currency: event.currency,
  placedAt: at,
  placedOn: utcDay(at),
  orderedMinor: event.totals.grandTotalMinor,
  skus: salesBySku(event.lines),
  isRejected: false,
  canceledOn: null,
  firstShippedAt: null,
  lastDeliveredAt: null,
  captured: {},
  refunded: {},
});

export const evolveAnalyticsOrder = (
  row: AnalyticsOrderRow | undefined,
  recorded: ReadEvent,
): AnalyticsOrderRow | undefined => {
  const event = waybillEventOf(recorded);
  const at = recorded.occurredAt;
  if (event?.type === 'OrderPlaced') return placed(event, at);
  if (!event || !row) return row;
  const day = utcDay(at);
  switch (event.type) {
    case 'OrderRejected':
      return { ...row, isRejected: true };
    case 'OrderCanceled':
      return { ...row, canceledOn: day };
    // Counted as it was amended, on the day on which it was placed.
    case 'OrderAmended':
    case 'OrderLinesCanceled':
      return { ...row, orderedMinor: event.totalsAfter.grandTotalMinor, skus: salesBySku(event.prices) };
    case 'PaymentCaptured':
      return { ...row, captured: { ...row.captured, [day]: (row.captured[day] ?? 0) + event.amountMinor } };
    case 'PaymentRefunded': {
      const { count, minor } = row.refunded[day] ?? { count: 0, minor: 0 };
      return { ...row, refunded: { ...row.refunded, [day]: { count: count + 1, minor: minor + event.amountMinor } } };
    }
    case 'FulfillmentShipped':
      return row.firstShippedAt ? row : { ...row, firstShippedAt: at };
    case 'FulfillmentDelivered':
      return { ...row, lastDeliveredAt: at };
    default: // sums of money and time: all that happens in between leaves them alone
      return row;
  }
};

const secondsBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 1000);

/** All that an order adds to the days and to its SKUs' days. */
export const contributions = (row: AnalyticsOrderRow): Contribution[] => {
  const { channel, country, currency, placedOn } = row;
  const on = (day: string, measures: Contribution['measures']): Contribution => ({
    table: 'analytics_daily',
    key: { day, channel, country, currency },
    measures,
  });
  const units = sum(row.skus.map(({ quantity }) => quantity));
  const sales: Contribution[] = row.isRejected
    ? [on(placedOn, { rejected: 1 })]
    : [
        on(placedOn, { orders: 1, units, orderedMinor: row.orderedMinor }),
        ...row.skus.map(({ sku, quantity, totalMinor }) => ({
          table: 'analytics_daily_skus',
          key: { day: placedOn, sku, currency },
          measures: { orders: 1, units: quantity, orderedMinor: totalMinor },
        })),
      ];
  const { canceledOn, firstShippedAt, lastDeliveredAt, placedAt } = row;
  return [
    ...sales,
    ...(canceledOn ? [on(canceledOn, { canceled: 1 })] : []),
    ...Object.entries(row.captured).map(([day, revenueMinor]) => on(day, { revenueMinor })),
    ...Object.entries(row.refunded).map(([day, { count, minor }]) => on(day, { refunds: count, refundedMinor: minor })),
    ...(firstShippedAt
      ? [on(utcDay(firstShippedAt), { shipped: 1, shipSeconds: secondsBetween(placedAt, firstShippedAt) })]
      : []),
    ...(lastDeliveredAt
      ? [on(utcDay(lastDeliveredAt), { delivered: 1, deliverSeconds: secondsBetween(placedAt, lastDeliveredAt) })]
      : []),
  ];
};

/** Orders, revenue, refunds and speed by day, channel, country and currency; sales by day and SKU. */
export const analytics = defineProjection({
  name: 'analytics',
  version: 1,
  reads: 'orders',
  folds: [
    aggregateFold<AnalyticsOrderRow>({
      table: {
        name: 'analytics_orders',
        key: ['orderKey'],
        columns: {
          orderKey: 'uuid',
          channel: 'text',
          country: 'text',
          currency: 'text',
          placedAt: 'timestamptz',
          placedOn: 'date',
          orderedMinor: 'bigint',
          skus: 'json',
          isRejected: 'boolean',
          canceledOn: 'date',
          firstShippedAt: 'timestamptz',
          lastDeliveredAt: 'timestamptz',
          captured: 'json',
          refunded: 'json',
        },
        personal: [],
      },
      key: (event) => event.orderKey,
      evolve: evolveAnalyticsOrder,
      aggregates: [
        {
          name: 'analytics_daily',
          key: { day: 'date', channel: 'text', country: 'text', currency: 'text' },
          measures: [
            'orders',
            'units',
            'orderedMinor',
            'rejected',
            'revenueMinor',
            'refunds',
            'refundedMinor',
            'canceled',
            'shipped',
            'shipSeconds',
            'delivered',
            'deliverSeconds',
          ],
        },
        {
          name: 'analytics_daily_skus',
          key: { day: 'date', sku: 'text', currency: 'text' },
          measures: ['orders', 'units', 'orderedMinor'],
        },
      ],
      contributions,
    }),
  ],
});
