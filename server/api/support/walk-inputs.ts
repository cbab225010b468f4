import { justOrder, nothing, type WalkInputs } from '../testing/walk-input.ts';

export const supportWalkInputs: WalkInputs = {
  reference: nothing,
  'orders.search': () => ({ q: 'payment:authorized -tag:vip assignee:me marta', sort: '-total' }),
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
  'customer.orders': () => ({ customerId: 'walk' }),
};
