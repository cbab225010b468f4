import { unreachable } from '../shared/decider.ts';
import type { LineId } from '../shared/ids.ts';
import type { OrderEvent, OrderLine } from './events.ts';
import type { ExistingOrder, Order, OrderReturn } from './state.ts';

type OrderAmended = Extract<OrderEvent, { type: 'OrderAmended' }>;

const existing = (state: Order, event: OrderEvent): ExistingOrder => {
  if (state.status === 'absent') throw new Error(`${event.type} before OrderPlaced on order ${event.orderId}`);
  return state;
};

const withLine = (order: ExistingOrder, lineId: LineId, change: Partial<OrderLine>): ExistingOrder => ({
  ...order,
  lines: order.lines.map((line) => (line.lineId === lineId ? { ...line, ...change } : line)),
});

const withoutLine = (order: ExistingOrder, lineId: LineId): ExistingOrder => ({
  ...order,
  lines: order.lines.filter((line) => line.lineId !== lineId),
});

/** The prices that an event has set: as they were counted then, whatever the rules are today. */
const repriced = (
  order: ExistingOrder,
  { prices, totalsAfter, refundMinor }: Pick<OrderAmended, 'prices' | 'totalsAfter' | 'refundMinor'>,
): ExistingOrder => {
  const priceOf = new Map(prices.map((price) => [price.lineId, price]));
  return {
    ...order,
    lines: order.lines.map((line) => ({ ...line, ...priceOf.get(line.lineId) })),
    totals: totalsAfter,
    givenBackMinor: order.givenBackMinor + refundMinor,
  };
};

const withReturnStatus = (order: ExistingOrder, returnId: string, status: OrderReturn['status']): ExistingOrder => {
  const found = order.returns[returnId];
  return found ? { ...order, returns: { ...order.returns, [returnId]: { ...found, status } } } : order;
};

/** What is known of an order beside what was ordered. */
const blankMemory = {
  holds: {},
  notes: [],
  notified: [],
  tags: [],
  assignee: null,
  amendment: null,
  givenBackMinor: 0,
  returns: {},
};

/** What a draft's colleagues wrote on it stays with the order. */
const memoryOf = (draft: ExistingOrder) => ({
  ...blankMemory,
  notes: draft.notes,
  tags: draft.tags,
  assignee: draft.assignee,
  ...(draft.overrides ? { overrides: draft.overrides } : {}),
});

/** What an order has no word on before it is placed. */
const unpaid = {
  externalReference: null,
  channel: 'phone' as const,
  paymentMethod: { kind: 'other' as const, token: null, brand: null, last4: null },
};

/** An order after one more event. */
export const evolve = (state: Order, event: OrderEvent): Order => {
  switch (event.type) {
    case 'OrderPlaced': {
      const { type: _type, ...placed } = event;
      return {
        ...placed,
        status: 'placed',
        ...(state.status === 'absent' ? blankMemory : memoryOf(state)),
      };
    }
    case 'DraftOrderCreated': {
      const { type: _type, ...draft } = event;
      return { ...draft, ...unpaid, status: 'draft', ...blankMemory };
    }
    case 'DraftOrderRevised': {
      const { type: _type, ...content } = event;
      return { ...existing(state, event), ...content };
    }
    case 'DraftOrderDiscarded':
      return { ...existing(state, event), status: 'discarded' };
    case 'OrderConfirmed':
      return { ...existing(state, event), status: 'confirmed' };
    case 'OrderRejected':
      return { ...existing(state, event), status: 'rejected', rejection: event.reason };
    case 'OrderCanceled': {
      const { reason, restock } = event;
      return { ...existing(state, event), status: 'canceled', cancellation: { reason, restock }, amendment: null };
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
    case 'AmendmentRequested': {
      const { type: _type, orderId: _orderId, subjectId: _subjectId, ...amendment } = event;
      return { ...existing(state, event), amendment };
    }
    case 'OrderLineAdded': {
      const order = existing(state, event);
      return { ...order, lines: [...order.lines, { ...event.line, discountMinor: 0, taxMinor: 0, totalMinor: 0 }] };
    }
    case 'OrderLineQuantityChanged':
      return withLine(existing(state, event), event.lineId, { quantity: event.to });
    case 'OrderLineRemoved':
      return withoutLine(existing(state, event), event.lineId);
    case 'OrderLinePriceOverridden':
      return withLine(existing(state, event), event.lineId, { unitPriceMinor: event.to });
    case 'DiscountApplied':
      return { ...existing(state, event), discount: event.discount };
    case 'DiscountRemoved':
      return { ...existing(state, event), discount: null };
    case 'ShippingAddressChanged':
      return { ...existing(state, event), shipTo: event.to };
    case 'ShippingMethodChanged':
      return { ...existing(state, event), shippingMethod: event.to };
    case 'OrderAmended': {
      const { taxRateBasisPoints, promise, warehousesByDistance } = event;
      const order = repriced(existing(state, event), event);
      // More is to be sent of an order that was complete: an exchange opens it again.
      const status = order.status === 'completed' && order.amendment?.exchangeFor ? 'confirmed' : order.status;
      return { ...order, status, taxRateBasisPoints, promise, warehousesByDistance, amendment: null } as ExistingOrder;
    }
    case 'AmendmentDeclined':
      return { ...existing(state, event), amendment: null };
    case 'OrderLinesCanceled': {
      const order = event.lines.reduce(
        (before, { lineId, quantity }) => {
          const left = (before.lines.find((line) => line.lineId === lineId)?.quantity ?? 0) - quantity;
          return left > 0 ? withLine(before, lineId, { quantity: left }) : withoutLine(before, lineId);
        },
        existing(state, event),
      );
      return repriced(order, event);
    }
    case 'ReturnRequested': {
      const order = existing(state, event);
      const { returnId, fromFulfillment: fulfillmentId, lines, reason, resolution } = event;
      const asked = { returnId, fulfillmentId, lines, reason, resolution, status: 'requested' as const };
      return { ...order, returns: { ...order.returns, [returnId]: asked } };
    }
    case 'ReturnApproved':
      return withReturnStatus(existing(state, event), event.returnId, 'approved');
    case 'ReturnDeclined':
      return withReturnStatus(existing(state, event), event.returnId, 'declined');
    case 'NotificationRequested': {
      const order = existing(state, event);
      return { ...order, mailsAskedFor: [...(order.mailsAskedFor ?? []), event.notificationId] };
    }
    default:
      return unreachable(event);
  }
};
