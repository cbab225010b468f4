import { justOrder, nothing, type WalkInputs } from '../testing/walk-input.ts';

/** A draft's content, as an agent sends it. */
const draftOf = (orderId: string, freshId: () => string) => ({
  lines: [{ lineId: `${orderId}:${freshId()}`, sku: 'TEA-POT-08', quantity: 1, price: null }],
  contact: { name: 'Marta Silva', email: 'marta@example.test', phone: null },
  address: { name: 'Marta Silva', street: '', postalCode: '', city: 'Porto', region: null, country: 'PT' },
  shippingMethod: 'standard',
  discountCode: null,
});

export const supportWalkInputs: WalkInputs = {
  reference: nothing,
  'orders.search': () => ({ q: 'payment:authorized -tag:vip assignee:me marta', sort: '-total' }),
  tags: nothing,
  'orders.rows': ({ orderId }) => ({ orderIds: [orderId] }),
  'orders.counts': nothing,
  'orders.live': () => ({}),
  'views.list': nothing,
  'views.counts': ({ freshId }) => ({ ids: [freshId()] }),
  'views.save': ({ freshId }) => ({
    id: freshId(),
    name: `Large ${freshId().slice(0, 8)}`,
    query: 'total:>500',
    base: 'open',
    sort: '-total',
    isShared: false,
  }),
  'views.delete': ({ freshId }) => ({ id: freshId() }),
  'preferences.get': nothing,
  'preferences.save': () => ({ columns: ['number', 'customer', 'total'], sort: '-placed' }),
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
  'order.unsentMails': justOrder,
  'order.retryMail': ({ orderId, freshId }) => ({ orderId, effectId: freshId() }),
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
  'draft.create': ({ freshId }) => {
    const orderId = freshId();
    return { orderId, commandId: freshId(), customerId: null, ...draftOf(orderId, freshId) };
  },
  'draft.quote': ({ orderId, freshId }) => {
    const { contact: _contact, address: _address, ...content } = draftOf(orderId, freshId);
    return { ...content, country: 'PT' };
  },
  // The walk's orders are placed: allowed, and then rejected by the domain.
  'draft.revise': ({ orderId, freshId }) => ({ orderId, commandId: freshId(), ...draftOf(orderId, freshId) }),
  'draft.place': ({ orderId, cardToken, freshId }) => ({
    orderId,
    commandId: freshId(),
    cardToken,
    agreedTotalMinor: 0,
  }),
  'draft.discard': ({ orderId, freshId }) => ({ orderId, commandId: freshId() }),
  'customer.find': () => ({ text: 'marta' }),
  'customer.orders': () => ({ customerId: 'walk' }),
};
