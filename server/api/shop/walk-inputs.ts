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
  'orders.list': () => ({}),
};
