import type { LineId } from '../shared/ids.ts';
import type { Amendment, AmendmentEvent, UnpricedLine } from './amendment-events.ts';
import type { Discount, OrderLine, Totals } from './events.ts';
import { type Priced, priceOrder } from './pricing.ts';
import type { ExistingOrder } from './state.ts';

/** An amendment that changes nothing: what a draft begins with. */
export const blankAmendment: Amendment = {
  added: [],
  quantities: [],
  prices: [],
  discount: null,
  shipTo: null,
  delivery: null,
  exchangeFor: null,
};

const unpriced = ({ discountMinor: _d, taxMinor: _t, totalMinor: _m, ...line }: OrderLine): UnpricedLine => line;

const linesAfter = (order: ExistingOrder, { added, quantities, prices }: Amendment): UnpricedLine[] => {
  const quantityOf = new Map(quantities.map(({ lineId, quantity }) => [lineId, quantity]));
  const priceOf = new Map(prices.map(({ lineId, unitPriceMinor }) => [lineId, unitPriceMinor]));
  const kept = order.lines.map((line) => ({
    ...unpriced(line),
    quantity: quantityOf.get(line.lineId) ?? line.quantity,
  }));
  return [...kept.filter(({ quantity }) => quantity > 0), ...added].map((line) => ({
    ...line,
    unitPriceMinor: priceOf.get(line.lineId) ?? line.unitPriceMinor,
  }));
};

export type AmendedOrder = {
  readonly lines: readonly Priced<UnpricedLine>[];
  readonly totals: Totals;
  readonly discount: Discount | null;
  readonly taxRateBasisPoints: number;
};

/** What an order costs once it is amended. Pure: the preview and the record are made by it. */
export const amended = (order: ExistingOrder, amendment: Amendment): AmendedOrder => {
  const discount = amendment.discount ? amendment.discount.to : order.discount;
  const taxRateBasisPoints = amendment.delivery?.taxRateBasisPoints ?? order.taxRateBasisPoints;
  const shippingMinor = amendment.delivery?.method.priceMinor ?? order.totals.shippingMinor;
  return {
    ...priceOrder({ lines: linesAfter(order, amendment), discount, shippingMinor, taxRateBasisPoints }),
    discount,
    taxRateBasisPoints,
  };
};

/** What an order costs once some units of it are called off. */
export const withoutLines = (
  order: ExistingOrder,
  canceled: readonly { readonly lineId: LineId; readonly quantity: number }[],
): AmendedOrder => {
  const left = (line: OrderLine) =>
    line.quantity - canceled.reduce((total, each) => total + (each.lineId === line.lineId ? each.quantity : 0), 0);
  const quantities = order.lines.map((line) => ({ lineId: line.lineId, quantity: left(line) }));
  return amended(order, { ...blankAmendment, quantities });
};

const otherPrice = (
  { orderId, currency }: ExistingOrder,
  amendmentId: string,
  { lineId, sku, unitPriceMinor }: UnpricedLine,
  { prices }: Amendment,
): AmendmentEvent[] => {
  const price = prices.find((each) => each.lineId === lineId);
  if (price === undefined || price.unitPriceMinor === unitPriceMinor) return [];
  const { unitPriceMinor: to, reason } = price;
  const forLine = { orderId, amendmentId, lineId, sku };
  return [{ type: 'OrderLinePriceOverridden', ...forLine, currency, from: unitPriceMinor, to, reason }];
};

const lineChanges = (order: ExistingOrder, amendmentId: string, amendment: Amendment): AmendmentEvent[] =>
  order.lines.flatMap((line): AmendmentEvent[] => {
    const { lineId, sku, quantity: from } = line;
    const forLine = { orderId: order.orderId, amendmentId, lineId, sku };
    const to = amendment.quantities.find((each) => each.lineId === lineId)?.quantity ?? from;
    if (to === 0) return [{ type: 'OrderLineRemoved', ...forLine, quantity: from }];
    return [
      ...(to === from ? [] : [{ type: 'OrderLineQuantityChanged' as const, ...forLine, from, to }]),
      ...otherPrice(order, amendmentId, line, amendment),
    ];
  });

/** jsonb does not keep the order of keys: a state that was stored must decide as one that was just folded. */
const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;
/** Whether two values are the same JSON. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a, inOrder) === JSON.stringify(b, inOrder);

/** The facts of an amendment, one by one, without the sums; empty when it changes nothing. */
export const amendmentFacts = (order: ExistingOrder, amendmentId: string, amendment: Amendment): AmendmentEvent[] => {
  const { orderId, subjectId } = order;
  const base = { orderId, amendmentId };
  const { discount, shipTo, delivery } = amendment;
  const to = discount?.to ?? null;
  const isOtherDiscount = discount !== null && !isSame(order.discount, to);
  return [
    ...lineChanges(order, amendmentId, amendment),
    ...amendment.added.flatMap((line): AmendmentEvent[] => [
      { type: 'OrderLineAdded', ...base, line },
      ...otherPrice(order, amendmentId, line, amendment),
    ]),
    ...(isOtherDiscount && order.discount
      ? [{ type: 'DiscountRemoved' as const, ...base, discount: order.discount }]
      : []),
    ...(isOtherDiscount && to ? [{ type: 'DiscountApplied' as const, ...base, discount: to }] : []),
    ...(shipTo && !isSame(shipTo, order.shipTo)
      ? [{ type: 'ShippingAddressChanged' as const, ...base, subjectId, from: order.shipTo, to: shipTo }]
      : []),
    ...(delivery && !isSame(delivery.method, order.shippingMethod)
      ? [{ type: 'ShippingMethodChanged' as const, ...base, from: order.shippingMethod, to: delivery.method }]
      : []),
  ];
};

/** Units that the order doesn't have yet, and that stock must be held for. */
export const additionsOf = (order: ExistingOrder, { added, quantities }: Amendment) => [
  ...order.lines.flatMap(({ lineId, sku, quantity: before }) => {
    const more = (quantities.find((each) => each.lineId === lineId)?.quantity ?? before) - before;
    return more > 0 ? [{ lineId, sku, quantity: more }] : [];
  }),
  ...added.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
];
