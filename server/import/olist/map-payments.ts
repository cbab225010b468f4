import type { PaymentMethod } from '#domain/order/events.ts';
import type { PaymentEvent } from '#domain/payment/events.ts';
import type { Currency } from '#domain/shared/money.ts';
import { captureIdOf, orderIdOf, paymentIdOf } from './ids.ts';
import type { OlistOrder } from './olist-order.ts';
import { paymentKindOf } from './payment-kinds.ts';

export const paymentMethodOf = (type: string): PaymentMethod => ({
  kind: paymentKindOf(type),
  token: null,
  brand: null,
  last4: null,
});

export type MappedPayments = {
  readonly requested: readonly PaymentEvent[];
  /** Authorized and captured at once, as a marketplace's approval is. */
  readonly paid: (at: string) => readonly PaymentEvent[];
  /** For an order that was closed before its payment was approved. */
  readonly expired: readonly PaymentEvent[];
};

/** Each payment row as a stream of its own; the amounts are the source's, whatever the lines add up to. */
export const mapPayments = (order: OlistOrder): MappedPayments => {
  const orderId = orderIdOf(order.orderId);
  const seen = new Map<number, number>();
  const payments = order.payments.map(({ sequential, type, valueMinor: amountMinor }) => {
    const occurrence = seen.get(sequential) ?? 0;
    seen.set(sequential, occurrence + 1);
    const keys = {
      paymentId: paymentIdOf(order.orderId, sequential, occurrence),
      orderId,
      currency: 'BRL' as Currency,
    };
    const repeated = occurrence === 0 ? '' : `/${occurrence + 1}`;
    const gatewayReference = `olist:${order.orderId}/${sequential}${repeated}`;
    return { keys, amountMinor, method: paymentMethodOf(type), gatewayReference };
  });
  return {
    requested: payments.map(({ keys, amountMinor, method }) => ({
      type: 'AuthorizationRequested',
      ...keys,
      amountMinor,
      method,
    })),
    paid: (at) =>
      payments.flatMap(({ keys, amountMinor, gatewayReference }): readonly PaymentEvent[] => [
        { type: 'PaymentAuthorized', ...keys, amountMinor, gatewayReference, expiresAt: at },
        { type: 'PaymentCaptured', ...keys, captureId: captureIdOf(keys.paymentId), amountMinor },
      ]),
    expired: payments.map(({ keys }) => ({ type: 'AuthorizationExpired', ...keys })),
  };
};
