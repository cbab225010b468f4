import type { OrderId } from '#domain/shared/ids.ts';
import { defineProcess, type EffectChange } from './define-process.ts';
import type { MailTemplate } from './effects.ts';

const mail = (
  template: MailTemplate,
  orderId: OrderId,
  about: string | null = null,
  notificationId?: string,
): { effects: EffectChange[] } => ({
  effects: [
    {
      type: 'request',
      effect: { kind: 'mail', template, orderId, about, ...(notificationId === undefined ? {} : { notificationId }) },
    },
  ],
});

/** Tells the customer what has become of their order. */
export const notifications = defineProcess<null>({
  name: 'notifications',
  version: 1,
  initial: null,
  on: {
    OrderConfirmed: (_state, { orderId }) => mail('order-confirmed', orderId),
    OrderRejected: (_state, { orderId }) => mail('order-rejected', orderId),
    OrderCanceled: (_state, { orderId }) => mail('order-canceled', orderId),
    FulfillmentShipped: (_state, { orderId, fulfillmentId }) => mail('order-shipped', orderId, fulfillmentId),
    // What was called off is told by the event alone: the order no longer has it.
    OrderLinesCanceled: (_state, { orderId }, { recorded }) => mail('order-lines-canceled', orderId, recorded.eventId),
    ReturnApproved: (_state, { orderId, returnId }) => mail('return-approved', orderId, returnId),
    ReturnDeclined: (_state, { orderId, returnId }) => mail('return-declined', orderId, returnId),
    ReturnReceived: (_state, { orderId, returnId }) => mail('return-received', orderId, returnId),
    PaymentRefunded: (_state, { orderId, refundId }) => mail('payment-refunded', orderId, refundId),
    NotificationRequested: (_state, { orderId, template, about, notificationId }) =>
      mail(template, orderId, about, notificationId),
  },
});
