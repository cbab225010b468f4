import { justOrder, nothing, type WalkInputs } from '../testing/walk-input.ts';

export const supportWalkInputs: WalkInputs = {
  reference: nothing,
  tags: nothing,
  'orders.search': () => ({ q: 'payment:authorized marta' }),
  'orders.rows': ({ orderId }) => ({ orderIds: [orderId] }),
  'orders.counts': nothing,
  'orders.live': () => ({}),
  'order.get': justOrder,
  'order.history': justOrder,
  'order.live': ({ orderId, freshId }) => ({ orderId, tabId: freshId() }),
  'order.attend': ({ orderId, freshId }) => ({ orderId, tabId: freshId(), doing: 'refund' }),
  'order.addNote': ({ orderId, freshId }) => ({
    orderId,
    commandId: freshId(),
    noteId: freshId(),
    text: 'Called, no answer',
    visibility: 'internal',
  }),
  'order.tag': ({ orderId, freshId }) => ({ orderId, commandId: freshId(), tag: 'vip' }),
  'order.untag': ({ orderId, freshId }) => ({ orderId, commandId: freshId(), tag: 'vip' }),
  'order.assign': ({ orderId, freshId }) => ({ orderId, commandId: freshId(), to: null }),
  'order.placeHold': ({ orderId, freshId }) => ({
    orderId,
    commandId: freshId(),
    holdId: freshId(),
    reason: 'Address check',
  }),
  'order.releaseHold': ({ orderId, freshId }) => ({ orderId, commandId: freshId(), holdId: freshId() }),
  // There is no such payment: allowed, and then rejected by the domain.
  'order.refund': ({ orderId, freshId }) => ({
    orderId,
    commandId: freshId(),
    paymentId: freshId(),
    refundId: freshId(),
    amountMinor: 100,
    reason: 'Broken on arrival',
  }),
  'order.cancel': ({ orderId, freshId }) => ({
    orderId,
    commandId: freshId(),
    reason: 'The customer called',
    restock: true,
  }),
  'order.resendConfirmation': ({ orderId, freshId }) => ({ orderId, commandId: freshId(), notificationId: freshId() }),
  'customer.orders': () => ({ customerId: 'walk' }),
};
