import type { PaymentMethod } from '#domain/order/events.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { OrderId, PaymentId } from '#domain/shared/ids.ts';

type PaymentCall = { readonly orderId: OrderId; readonly paymentId: PaymentId };

export type AuthorizeEffect = PaymentCall & {
  readonly kind: 'authorize';
  readonly amountMinor: number;
  readonly currency: string;
  readonly method: PaymentMethod;
};
export type CaptureEffect = PaymentCall & {
  readonly kind: 'capture';
  readonly captureId: string;
  readonly amountMinor: number;
};
export type VoidEffect = PaymentCall & { readonly kind: 'void' };
export type RefundEffect = PaymentCall & {
  readonly kind: 'refund';
  readonly refundId: string;
  readonly amountMinor: number;
};
/** A call to the payment gateway. Its answer comes back as an event, which settles it. */
export type PaymentEffect = AuthorizeEffect | CaptureEffect | VoidEffect | RefundEffect;

export type MailTemplate =
  | 'order-confirmed'
  | 'order-rejected'
  | 'order-shipped'
  | 'order-canceled'
  | 'payment-refunded'
  | 'order-lines-canceled'
  | 'return-approved'
  | 'return-declined'
  | 'return-received';

/** A mail about an order. Whom it goes to is read from the order when it is sent. */
export type MailEffect = {
  readonly kind: 'mail';
  readonly orderId: OrderId;
  readonly template: MailTemplate;
  /** What it is about beyond the order: a fulfillment, a refund, a return, the event of a cancellation; null for the order itself. */
  readonly about: string | null;
  /** Only of a mail that a person asked for: it went out before, under an id that follows from what it is about. */
  readonly notificationId?: string;
};

/** Something to be done outside. Plain JSON, without personal data. */
export type Effect = PaymentEffect | MailEffect;
export type EffectLane = 'payment' | 'mail';

export const laneOf = (effect: Effect): EffectLane => (effect.kind === 'mail' ? 'mail' : 'payment');

/** What the gateway knows a call by: the same key is the same call, however often it is made. */
export const idempotencyKeyOf = (effect: PaymentEffect): string => {
  switch (effect.kind) {
    case 'authorize':
      return `authorize:${effect.paymentId}`;
    case 'capture':
      return `capture:${effect.captureId}`;
    case 'void':
      return `void:${effect.paymentId}`;
    case 'refund':
      return `refund:${effect.refundId}`;
  }
};

/** The row that an effect is kept in; a mail's is its notification id too. Follows from what it does, so that the event of its outcome can settle it. */
export const effectIdOf = (effect: Effect): string =>
  effect.kind === 'mail'
    ? (effect.notificationId ?? derivedId('mail', effect.orderId, effect.template, effect.about ?? ''))
    : derivedId('gateway', idempotencyKeyOf(effect));
