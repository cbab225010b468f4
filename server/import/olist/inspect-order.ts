import { sum } from '#domain/shared/money.ts';
import { formatBrl } from './amount.ts';
import type { Finding, InconsistencyKind } from './inconsistencies.ts';
import { inspectSteps } from './inspect-steps.ts';
import type { OlistOrder } from './olist-order.ts';
import { knownPaymentTypes } from './payment-kinds.ts';

const found = (isFound: boolean, kind: InconsistencyKind, detail: string): readonly Finding[] =>
  isFound ? [{ kind, detail }] : [];

const hasGap = (numbers: readonly number[]): boolean => numbers.some((number, index) => number !== index + 1);

/** The lines' prices and freight, in minor units: what the payments should add up to. */
export const orderTotalMinor = ({ items }: OlistOrder): number =>
  sum(items.map(({ priceMinor, freightMinor }) => priceMinor + freightMinor));

const inspectSum = (order: OlistOrder): readonly Finding[] => {
  const { items, payments } = order;
  // Those have findings of their own.
  if (items.length === 0 || payments.length === 0) return [];
  const total = orderTotalMinor(order);
  const paid = sum(payments.map(({ valueMinor }) => valueMinor));
  if (paid === total) return [];
  const detail = `Payments add up to ${formatBrl(paid)}, lines and freight to ${formatBrl(total)}`;
  if (Math.abs(paid - total) === 1)
    return [{ kind: paid < total ? 'paid-one-cent-less' : 'paid-one-cent-more', detail }];
  return [{ kind: paid < total ? 'paid-less' : 'paid-more', detail }];
};

const inspectPayments = ({ payments }: OlistOrder): readonly Finding[] => {
  const numbers = payments.map(({ sequential }) => sequential);
  const distinct = [...new Set(numbers)];
  return [
    ...found(payments.length === 0, 'order-without-payment', 'No payment'),
    ...found(payments.length > 1, 'several-payments', `${payments.length} payments`),
    ...found(hasGap(distinct), 'payment-sequence-gap', `Payments ${distinct.join(', ')}`),
    ...payments.flatMap((payment, index) => [
      ...found(payment.valueMinor === 0, 'payment-of-nothing', `Payment ${payment.sequential}, ${payment.type}`),
      ...found(!knownPaymentTypes.has(payment.type), 'payment-type-unknown', `Type “${payment.type}”`),
      ...found(payment.installments < 1, 'payment-without-installments', `Payment ${payment.sequential}`),
      ...found(
        numbers.indexOf(payment.sequential) < index,
        'payment-sequence-repeated',
        `Payment ${payment.sequential} again`,
      ),
    ]),
  ];
};

const inspectGoods = (order: OlistOrder): readonly Finding[] => {
  const { items, estimated, purchased } = order;
  const sellers = new Set(items.map(({ sellerId }) => sellerId));
  return [
    ...found(items.length === 0, 'order-without-lines', 'No lines'),
    ...found(sellers.size > 1, 'several-sellers', `${sellers.size} sellers`),
    ...found(hasGap(items.map(({ itemId }) => itemId)), 'item-sequence-gap', items.map(({ itemId }) => itemId).join()),
    ...items.flatMap(({ productId, sellerId, shippingLimit }) => {
      const product = order.productOf(productId);
      const untranslated = product?.category && !product.categoryEnglish;
      const limit = shippingLimit.epochMs;
      return [
        ...found(product === null, 'product-unknown', `Product ${productId}`),
        ...found(product?.category === null, 'product-without-category', `Product ${productId}`),
        ...found(Boolean(untranslated), 'category-untranslated', `Category ${product?.category}`),
        ...found(!/^[A-Z]{2}$/.test(order.sellerStateOf(sellerId) ?? ''), 'seller-unknown', `Seller ${sellerId}`),
        ...found(limit < purchased.epochMs, 'shipping-limit-before-purchase', `Limit ${shippingLimit.iso}`),
        ...found(
          estimated !== null && limit > estimated.epochMs,
          'shipping-limit-after-estimate',
          `Limit ${shippingLimit.iso}, estimate ${estimated?.iso}`,
        ),
      ];
    }),
  ];
};

/** Every way in which an order contradicts itself or the other files. Pure. */
export const inspectOrder = (order: OlistOrder): readonly Finding[] => [
  ...inspectSteps(order),
  ...found(order.customer === null, 'customer-unknown', `Customer ${order.customerId}`),
  ...inspectGoods(order),
  ...inspectPayments(order),
  ...inspectSum(order),
];
