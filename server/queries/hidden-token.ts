import type { DomainEvent } from '#domain/events/registry.ts';
import type { PaymentMethod } from '#domain/order/events.ts';
import type { Waybill } from '#domain/waybill/state.ts';

const hidden = 'hidden';

/** That there is a token, a screen's decider must know; which, buys again, and is nobody's outside the server. */
const withoutToken = <Method extends PaymentMethod>(method: Method): Method => ({
  ...method,
  token: method.token === null ? null : hidden,
});

/** An order's state without the tokens of its cards. */
export const tokenlessWaybill = (waybill: Waybill): Waybill => {
  const { order, payments } = waybill;
  if (order.status === 'absent') return waybill;
  return {
    ...waybill,
    order: { ...order, paymentMethod: withoutToken(order.paymentMethod) },
    payments: Object.fromEntries(
      Object.entries(payments).map(([id, payment]) => [id, { ...payment, method: withoutToken(payment.method) }]),
    ),
  };
};

/** An event without the token of a card. */
export const tokenlessEvent = (event: DomainEvent): DomainEvent => {
  if (event.type === 'OrderPlaced') return { ...event, paymentMethod: withoutToken(event.paymentMethod) };
  if (event.type === 'AuthorizationRequested') return { ...event, method: withoutToken(event.method) };
  return event;
};

/** What was recorded, without the tokens of cards. */
export const tokenless = <Holder extends { readonly event: DomainEvent }>(holders: readonly Holder[]): Holder[] =>
  holders.map((holder) => ({ ...holder, event: tokenlessEvent(holder.event) }));
