import { goodCard, orderRequest } from '#server/http/testing/orders.ts';
import { justOrder, nothing, type WalkInputs } from '../testing/walk-input.ts';

export const shopWalkInputs: WalkInputs = {
  'catalog.list': () => ({}),
  'catalog.get': () => ({ sku: 'TEA-POT-08' }),
  'catalog.categories': nothing,
  quote: () => ({ lines: [{ sku: 'TEA-POT-08', quantity: 1 }], country: 'PT' }),
  checkoutDefaults: nothing,
  tokenizeCard: () => goodCard,
  placeOrder: ({ cardToken }) => orderRequest(cardToken),
  'challenge.get': ({ freshId }) => ({ challengeId: freshId() }),
  'challenge.answer': ({ freshId }) => ({ challengeId: freshId(), approve: true }),
  'order.get': justOrder,
  'order.timeline': justOrder,
  'order.mails': justOrder,
  'order.cancel': ({ orderId, link, freshId }) => ({ orderId, link, commandId: freshId() }),
  'order.quoteAmendment': ({ orderId, link }) => ({ orderId, link, shippingMethod: 'express' }),
  'order.amend': ({ orderId, link, freshId }) => ({
    orderId,
    link,
    commandId: freshId(),
    amendmentId: freshId(),
    shippingMethod: 'express',
  }),
  'order.cancelLines': ({ orderId, link, freshId }) => ({
    orderId,
    link,
    commandId: freshId(),
    cancellationId: freshId(),
    lines: [{ lineId: `${orderId}:1`, quantity: 1 }],
  }),
  'order.requestReturn': ({ orderId, link, freshId }) => ({
    orderId,
    link,
    commandId: freshId(),
    returnId: freshId(),
    fulfillmentId: freshId(),
    lines: [{ lineId: `${orderId}:1`, quantity: 1 }],
    reason: 'Too small',
    resolution: 'refund',
  }),
  'orders.list': () => ({}),
};
