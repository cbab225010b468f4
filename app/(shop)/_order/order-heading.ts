import type { ExistingOrder } from '#domain/order/state.ts';
import { stopReached } from '#domain/waybill/route.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';

const soldOutOr = (order: Extract<ExistingOrder, { status: 'rejected' }>): string => {
  switch (order.rejection.code) {
    case 'SoldOut':
      return 'Sold out';
    case 'PaymentDeclined':
      return 'Your card was declined';
    case 'PaymentNotCompleted':
      return 'The payment was not completed';
    case 'Unavailable':
      return 'We could not supply it';
  }
};

/** How an order stands, in a few words: the page's title. */
export const orderHeading = (waybill: Waybill, order: ExistingOrder): string => {
  if (order.status === 'rejected') return soldOutOr(order);
  if (order.status === 'canceled') return 'Canceled';
  if (challengeOf(waybill, order) !== null) return 'Your bank wants to ask you';
  if (liveFulfillments(waybill).some(({ status }) => status === 'delivery_failed')) return 'It could not be delivered';
  return ['Order placed', 'Order confirmed', 'Picked and packed', 'On its way', 'With you'][stopReached(waybill)] ?? '';
};

/** Where the bank asks its customer (3-D Secure); null when it doesn't. */
export const challengeOf = (waybill: Waybill, order: ExistingOrder): string | null => {
  // A change that costs more is asked about too.
  const isAsked = order.status === 'placed' || (order.status === 'confirmed' && order.amendment !== null);
  if (!isAsked) return null;
  const asking = Object.values(waybill.payments).find((payment) => payment.status === 'requires_action');
  return asking?.status === 'requires_action' ? asking.challengeUrl : null;
};
