import { unreachable } from '../shared/decider.ts';
import type { OrderEvent } from './events.ts';
import type { ExistingOrder, Order } from './state.ts';

const existing = (state: Order, event: OrderEvent): ExistingOrder => {
  if (state.status === 'absent') throw new Error(`${event.type} before OrderPlaced on order ${event.orderId}`);
  return state;
};

/** An order after one more event. */
export const evolve = (state: Order, event: OrderEvent): Order => {
  switch (event.type) {
    case 'OrderPlaced': {
      const { type: _type, ...placed } = event;
      return { ...placed, status: 'placed', holds: {}, notes: [], notified: [], tags: [], assignee: null };
    }
    case 'OrderConfirmed':
      return { ...existing(state, event), status: 'confirmed' };
    case 'OrderRejected':
      return { ...existing(state, event), status: 'rejected', rejection: event.reason };
    case 'OrderCanceled': {
      const { reason, restock } = event;
      return { ...existing(state, event), status: 'canceled', cancellation: { reason, restock } };
    }
    case 'OrderCompleted':
      return { ...existing(state, event), status: 'completed' };
    case 'OrderHoldPlaced': {
      const order = existing(state, event);
      return { ...order, holds: { ...order.holds, [event.holdId]: event.reason } };
    }
    case 'OrderHoldReleased': {
      const order = existing(state, event);
      const { [event.holdId]: _released, ...holds } = order.holds;
      return { ...order, holds };
    }
    case 'OrderNoteAdded': {
      const order = existing(state, event);
      const { noteId, text, visibility } = event;
      return { ...order, notes: [...order.notes, { noteId, text, visibility }] };
    }
    case 'NotificationSent': {
      const order = existing(state, event);
      return { ...order, notified: [...order.notified, event.notificationId] };
    }
    case 'OrderTagged': {
      const order = existing(state, event);
      return { ...order, tags: [...order.tags, event.tag].toSorted() };
    }
    case 'OrderUntagged': {
      const order = existing(state, event);
      return { ...order, tags: order.tags.filter((tag) => tag !== event.tag) };
    }
    case 'OrderAssigned':
      return { ...existing(state, event), assignee: event.to };
    case 'NotificationRequested': {
      const order = existing(state, event);
      return { ...order, mailsAskedFor: [...(order.mailsAskedFor ?? []), event.notificationId] };
    }
    default:
      return unreachable(event);
  }
};
