import { justOrder, nothing, type WalkInputs } from '../testing/walk-input.ts';

export const supportWalkInputs: WalkInputs = {
  reference: nothing,
  'orders.search': () => ({ q: 'payment:authorized marta' }),
  'orders.rows': ({ orderId }) => ({ orderIds: [orderId] }),
  'orders.counts': nothing,
  'orders.live': () => ({}),
  'order.get': justOrder,
  'order.history': justOrder,
  'order.addNote': ({ orderId, freshId }) => ({
    orderId,
    commandId: freshId(),
    noteId: freshId(),
    text: 'Called, no answer',
    visibility: 'internal',
  }),
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
  'order.quoteAmendment': ({ orderId }) => ({ orderId, shippingMethod: 'express' }),
  'order.amend': ({ orderId, freshId }) => ({
    orderId,
    commandId: freshId(),
    amendmentId: freshId(),
    shippingMethod: 'express',
  }),
  'order.cancelLines': ({ orderId, freshId }) => ({
    orderId,
    commandId: freshId(),
    cancellationId: freshId(),
    lines: [{ lineId: `${orderId}:1`, quantity: 1 }],
    reason: 'One is enough',
    restock: true,
  }),
  // There is no such parcel, and no such return: allowed, and then rejected by the domain.
  'order.requestReturn': ({ orderId, freshId }) => ({
    orderId,
    commandId: freshId(),
    returnId: freshId(),
    fulfillmentId: freshId(),
    lines: [{ lineId: `${orderId}:1`, quantity: 1 }],
    reason: 'Too small',
    resolution: 'refund',
  }),
  'order.approveReturn': ({ orderId, freshId }) => ({ orderId, commandId: freshId(), returnId: freshId() }),
  'order.declineReturn': ({ orderId, freshId }) => ({
    orderId,
    commandId: freshId(),
    returnId: freshId(),
    reason: 'Too late',
  }),
  'customer.orders': () => ({ customerId: 'walk' }),
};
