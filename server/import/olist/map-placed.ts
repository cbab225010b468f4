import type { Address, DeliveryPromise, OrderLine, OrderPlaced, ShippingMethod } from '#domain/order/events.ts';
import type { LineId, Sku, SubjectId, WarehouseCode } from '#domain/shared/ids.ts';
import { type Currency, sum } from '#domain/shared/money.ts';
import { orderIdOf } from './ids.ts';
import { paymentMethodOf } from './map-payments.ts';
import type { OlistOrder } from './olist-order.ts';
import { cityNameOf, hueOf, productNameOf } from './product-words.ts';
import type { OlistItem } from './read-tables.ts';

export const brl = 'BRL' as Currency;

/** `OLIST-SP`: Olist's sellers ship themselves, and all that is known of where is the state. */
export const warehouseOf = (order: OlistOrder, sellerId: string): WarehouseCode => {
  const state = order.sellerStateOf(sellerId);
  return (state && /^[A-Z]{2}$/.test(state) ? `OLIST-${state}` : 'OLIST-UNKNOWN') as WarehouseCode;
};

/** The seller's items of an order that make one line, since product and price are the same. */
export type LineItems = readonly [OlistItem, ...OlistItem[]];

/** Olist has a row for each single piece; pieces of one product, seller and price make a line. */
export const lineItemsOf = (order: OlistOrder): readonly LineItems[] => {
  const lines = new Map<string, [OlistItem, ...OlistItem[]]>();
  for (const item of order.items) {
    const key = `${item.sellerId}/${item.productId}/${item.priceMinor}`;
    const line = lines.get(key);
    if (line) line.push(item);
    else lines.set(key, [item]);
  }
  return [...lines.values()];
};

const lineOf = (order: OlistOrder, items: LineItems, index: number): OrderLine => {
  const [{ productId, priceMinor }] = items;
  const product = order.productOf(productId);
  const category = product?.categoryEnglish ?? product?.category ?? null;
  return {
    lineId: `${orderIdOf(order.orderId)}-${index + 1}` as LineId,
    sku: productId as Sku,
    name: productNameOf(productId, category),
    picture: null,
    hue: hueOf(category),
    bin: null,
    quantity: items.length,
    unitPriceMinor: priceMinor,
    discountMinor: 0,
    taxMinor: 0,
    totalMinor: items.length * priceMinor,
  };
};

// Olist publishes no names. The zone .invalid can never receive mail.
const nameOf = (subjectId: string): string => `Customer ${subjectId.slice(0, 8)}`;
const emailOf = (subjectId: string): string => `${subjectId.slice(0, 12)}@olist.invalid`;

const addressOf = ({ customer }: OlistOrder, subjectId: string): Address => ({
  recipient: { name: nameOf(subjectId), street: '' },
  postalCode: customer?.zipCodePrefix ?? '',
  city: cityNameOf(customer?.city ?? ''),
  region: customer?.state ?? null,
  country: 'BR',
});

/** The earliest of the items' shipping limits, and the estimated delivery. */
export const promiseOf = (order: OlistOrder, items: readonly OlistItem[]): DeliveryPromise => {
  const limits = items.map(({ shippingLimit }) => shippingLimit.iso).toSorted();
  const deliverBy = order.estimated?.iso ?? limits.at(-1) ?? order.purchased.iso;
  return { shipBy: limits[0] ?? deliverBy, deliverBy };
};

/** Olist names no method; the price is the freight. */
const shippingMethodOf = (items: readonly OlistItem[]): ShippingMethod => ({
  code: 'standard',
  name: 'Standard',
  priceMinor: sum(items.map(({ freightMinor }) => freightMinor)),
});

/** The order as it was placed. Tax is in Olist's prices, at a rate that is not known: none is shown. */
export const mapPlaced = (order: OlistOrder): OrderPlaced => {
  const subjectId = (order.customer?.uniqueId ?? order.customerId) as SubjectId;
  const lines = lineItemsOf(order).map((items, index) => lineOf(order, items, index));
  const shippingMethod = shippingMethodOf(order.items);
  const linesMinor = sum(lines.map(({ totalMinor }) => totalMinor));
  return {
    type: 'OrderPlaced',
    orderId: orderIdOf(order.orderId),
    orderNumber: `BR-${String(order.rowNumber).padStart(6, '0')}`,
    externalReference: order.orderId,
    subjectId,
    customerId: subjectId,
    tier: 'standard',
    contact: { name: nameOf(subjectId), email: emailOf(subjectId), phone: null },
    shipTo: addressOf(order, subjectId),
    channel: 'marketplace',
    currency: brl,
    lines,
    shippingMethod,
    discount: null,
    taxRateBasisPoints: 0,
    totals: {
      linesMinor,
      discountMinor: 0,
      shippingMinor: shippingMethod.priceMinor,
      taxMinor: 0,
      grandTotalMinor: linesMinor + shippingMethod.priceMinor,
    },
    paymentMethod: paymentMethodOf(order.payments[0]?.type ?? 'not_defined'),
    promise: promiseOf(order, order.items),
    warehousesByDistance: [...new Set(order.items.map(({ sellerId }) => warehouseOf(order, sellerId)))],
  };
};
