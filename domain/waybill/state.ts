import type { WaybillEvent } from '../events/registry.ts';
import { evolve as evolveFulfillment } from '../fulfillment/evolve.ts';
import { absentFulfillment, type ExistingFulfillment } from '../fulfillment/state.ts';
import { evolve as evolveOrder } from '../order/evolve.ts';
import { absentOrder, type Order } from '../order/state.ts';
import { evolve as evolvePayment } from '../payment/evolve.ts';
import { absentPayment, type ExistingPayment } from '../payment/state.ts';
import { unreachable } from '../shared/decider.ts';
import type { PaymentId, StreamId } from '../shared/ids.ts';
import { amendmentPaymentIdOf } from './amendment-payment.ts';

/**
 * A waybill is an order with its payments and fulfillments: everything under one order key, and so the boundary of
 * consistency. Commands are decided on it, appends lock it, and the order page's row carries it to the browser.
 */
export type Waybill = {
  readonly order: Order;
  readonly payments: Readonly<Record<string, ExistingPayment>>;
  readonly fulfillments: Readonly<Record<string, ExistingFulfillment>>;
  /** Each stream's version: what an append expects, and what tells a prediction that it has been overtaken. */
  readonly versions: Readonly<Record<StreamId, number>>;
  /**
   * The refunds of what the order came to cost less; they follow it in the same append, so that `promisedMinor` is
   * nothing when it ends. Absent until there is one: a state that was kept before there was such a thing is today's.
   */
  readonly priceRefunds?: { readonly promisedMinor: number; readonly refundIds: readonly string[] };
  /** Of amendments that came to nothing: what they hold is let go, and must not be counted on. Absent until there is one. */
  readonly forgonePaymentIds?: readonly PaymentId[];
};

export const blankWaybill: Waybill = { order: absentOrder, payments: {}, fulfillments: {}, versions: {} };

const bump = (waybill: Waybill, streamId: StreamId): Waybill['versions'] => ({
  ...waybill.versions,
  [streamId]: (waybill.versions[streamId] ?? 0) + 1,
});

/** What an event gives back as the order costs less, or the refund that does. */
const withPriceRefunds = (waybill: Waybill, event: WaybillEvent): Waybill => {
  const { promisedMinor, refundIds } = waybill.priceRefunds ?? { promisedMinor: 0, refundIds: [] };
  const isLess = event.type === 'OrderAmended' || event.type === 'OrderLinesCanceled';
  if (isLess && event.refundMinor > 0)
    return { ...waybill, priceRefunds: { promisedMinor: promisedMinor + event.refundMinor, refundIds } };
  if (event.type !== 'RefundRequested' || promisedMinor === 0) return waybill;
  const left = promisedMinor - event.amountMinor;
  return { ...waybill, priceRefunds: { promisedMinor: left, refundIds: [...refundIds, event.refundId] } };
};

/** A waybill after one more event of any of its streams. */
export const evolve = (before: Waybill, event: WaybillEvent): Waybill => {
  const waybill = withPriceRefunds(before, event);
  switch (event.type) {
    case 'DraftOrderCreated':
    case 'DraftOrderRevised':
    case 'DraftOrderDiscarded':
    case 'OrderPlaced':
    case 'OrderConfirmed':
    case 'OrderRejected':
    case 'OrderCanceled':
    case 'OrderCompleted':
    case 'OrderHoldPlaced':
    case 'OrderHoldReleased':
    case 'OrderNoteAdded':
    case 'NotificationSent':
    case 'OrderTagged':
    case 'OrderUntagged':
    case 'OrderAssigned':
    case 'AmendmentRequested':
    case 'OrderLineAdded':
    case 'OrderLineQuantityChanged':
    case 'OrderLineRemoved':
    case 'OrderLinePriceOverridden':
    case 'DiscountApplied':
    case 'DiscountRemoved':
    case 'ShippingAddressChanged':
    case 'ShippingMethodChanged':
    case 'OrderAmended':
    case 'OrderLinesCanceled':
    case 'ReturnRequested':
    case 'ReturnApproved':
    case 'ReturnDeclined':
    case 'NotificationRequested':
      return {
        ...waybill,
        order: evolveOrder(waybill.order, event),
        versions: bump(waybill, `order-${event.orderId}`),
      };
    case 'AmendmentDeclined':
      return {
        ...waybill,
        order: evolveOrder(waybill.order, event),
        forgonePaymentIds: [
          ...(waybill.forgonePaymentIds ?? []),
          amendmentPaymentIdOf(event.orderId, event.amendmentId),
        ],
        versions: bump(waybill, `order-${event.orderId}`),
      };
    case 'AuthorizationRequested':
    case 'PaymentActionRequired':
    case 'PaymentAuthorized':
    case 'PaymentDeclined':
    case 'AuthorizationExpired':
    case 'CaptureRequested':
    case 'PaymentCaptured':
    case 'CaptureFailed':
    case 'VoidRequested':
    case 'PaymentVoided':
    case 'RefundRequested':
    case 'PaymentRefunded':
    case 'RefundFailed': {
      const payment = evolvePayment(waybill.payments[event.paymentId] ?? absentPayment, event);
      if (payment.status === 'absent') return waybill;
      return {
        ...waybill,
        payments: { ...waybill.payments, [event.paymentId]: payment },
        versions: bump(waybill, `payment-${event.paymentId}`),
      };
    }
    case 'FulfillmentCreated':
    case 'FulfillmentHeld':
    case 'FulfillmentReleased':
    case 'PickingStarted':
    case 'ItemPicked':
    case 'ShortPickReported':
    case 'FulfillmentPacked':
    case 'FulfillmentShipped':
    case 'TrackingUpdated':
    case 'FulfillmentDelivered':
    case 'DeliveryFailed':
    case 'FulfillmentCanceled':
    case 'FulfillmentReduced':
    case 'FulfillmentExtended':
    case 'FulfillmentReaddressed':
    case 'ReturnReceived':
    case 'ReturnInspected': {
      const fulfillment = evolveFulfillment(waybill.fulfillments[event.fulfillmentId] ?? absentFulfillment, event);
      if (fulfillment.status === 'absent') return waybill;
      return {
        ...waybill,
        fulfillments: { ...waybill.fulfillments, [event.fulfillmentId]: fulfillment },
        versions: bump(waybill, `fulfillment-${event.fulfillmentId}`),
      };
    }
    default:
      return unreachable(event);
  }
};

/** The fulfillments that still count: not canceled. By id: jsonb does not keep the order of keys, decisions need one. */
export const liveFulfillments = (waybill: Waybill): ExistingFulfillment[] =>
  Object.values(waybill.fulfillments)
    .filter((fulfillment) => fulfillment.status !== 'canceled')
    .toSorted((a, b) => (a.fulfillmentId < b.fulfillmentId ? -1 : 1));
