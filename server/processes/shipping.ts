import { derivedId } from '#domain/shared/derived-id.ts';
import type { LineId, OrderId } from '#domain/shared/ids.ts';
import { amendmentPaymentIdsOf } from './amendment-state.ts';
import { defineProcess, type Source } from './define-process.ts';
import { askAgain, capture, holdForMoney } from './shipping-captures.ts';
import { refundDone, refundRefused, refundRequested } from './shipping-refunds.ts';
import {
  afterShipment,
  dueMinor,
  type OpenCapture,
  type Running,
  repriced,
  type ShippingLine,
  type ShippingState,
  upgrade,
  withDoubt,
  withLeft,
  withoutCapture,
  withoutPayment,
  withPayment,
} from './shipping-state.ts';

const completeWhenDone = (state: Running, orderId: OrderId, source: Source) => {
  const fulfillments = Object.values<{ status: string }>(state.fulfillments);
  const allArrived = fulfillments.length > 0 && fulfillments.every(({ status }) => status === 'delivered');
  // One that was not recorded by now may have become needless; the intent looks at what was really taken.
  const open = Object.values<OpenCapture>(state.openCaptures);
  const isPaid = open.every(({ isRequested, holdId }) => !isRequested && holdId === null);
  return {
    state,
    commands: allArrived && isPaid ? [source.issue(orderId, { type: 'CompleteOrder', orderId })] : [],
  };
};

/**
 * What was the last that could be sent may have been called off; what is left may be what nobody could find. The intent
 * looks at the order itself: what an amendment adds may be on its way to a warehouse, or there already.
 */
const endWhenDone = (state: Running, orderId: OrderId, source: Source) => {
  if (Object.keys(state.fulfillments).length > 0) return completeWhenDone(state, orderId, source);
  return { state, commands: [source.issue(orderId, { type: 'CancelUnfound', orderId })] };
};

/** What a complete order does not need of what the bank holds. */
const releaseRemainders = (state: Running, orderId: OrderId, source: Source) =>
  state.settledBy.length === 0
    ? []
    : state.payments.map(({ paymentId }) => source.issue(paymentId, { type: 'ReleaseRemainder', orderId, paymentId }));

/** Gives back what was taken beyond what was sent; what another refund holds up now is asked for when that one fails. */
const settleUp = (state: Running, orderId: OrderId, source: Source) => {
  const refundId = derivedId('refund', 'settled', source.recorded.eventId);
  const earlier = state.settledBy.filter((each) => each !== refundId);
  return {
    state: { ...state, settledBy: [...earlier, refundId] },
    commands: [source.issue(refundId, { type: 'Settle', orderId, refundId, earlier })],
  };
};

/** What leaves the house leaves the books and is paid for; what has all arrived, and is paid, completes the order. */
export const shipping = defineProcess<ShippingState>({
  name: 'shipping',
  version: 5,
  initial: { status: 'idle' },
  upgrade,
  on: {
    OrderPlaced: (state, event) => {
      if (state.status !== 'idle') return {};
      const lines: Record<LineId, ShippingLine> = {};
      for (const { lineId, sku, quantity, totalMinor } of event.lines)
        lines[lineId] = { sku, quantity, totalMinor, shipped: 0 };
      const { shippingMinor } = event.totals;
      return {
        state: {
          status: 'running',
          lines,
          shippingMinor,
          askedMinor: 0,
          payments: [],
          fulfillments: {},
          forgone: [],
          openCaptures: {},
          settledBy: [],
          promisedMinor: 0,
          makingUp: {},
        },
      };
    },
    PaymentAuthorized: (state, { paymentId, amountMinor }) => {
      if (state.status !== 'running' || state.forgone.includes(paymentId)) return {};
      return { state: withPayment(state, paymentId, amountMinor) };
    },
    AuthorizationExpired: (state, { paymentId }) =>
      state.status === 'running' ? { state: withDoubt(state, paymentId) } : {},
    VoidRequested: (state, { paymentId }) =>
      state.status === 'running' ? { state: withoutPayment(state, paymentId) } : {},
    PaymentVoided: (state, { paymentId }) =>
      state.status === 'running' ? { state: withoutPayment(state, paymentId) } : {},
    FulfillmentCreated: (state, { fulfillmentId, warehouse }) => {
      if (state.status !== 'running' || state.fulfillments[fulfillmentId]) return {};
      return {
        state: { ...state, fulfillments: { ...state.fulfillments, [fulfillmentId]: { warehouse, status: 'live' } } },
      };
    },
    FulfillmentCanceled: (state, { fulfillmentId, orderId }, source) => {
      if (state.status !== 'running' || !state.fulfillments[fulfillmentId]) return {};
      const { [fulfillmentId]: _canceled, ...fulfillments } = state.fulfillments;
      return endWhenDone({ ...state, fulfillments }, orderId, source);
    },
    ShortPickReported: (state, { fulfillmentId, orderId, lineId, sku, missing }, source) => {
      if (state.status !== 'running') return {};
      const warehouse = state.fulfillments[fulfillmentId]?.warehouse;
      if (!warehouse) return {};
      // It is not where it should be, so it doesn't go back on sale.
      const placements = [{ warehouse, quantity: missing }];
      const target = `${fulfillmentId}/${lineId}`;
      const intent = { type: 'ReleaseAllocation' as const, sku, orderId, lineId, placements, restock: false };
      return { commands: [source.issue(target, intent)] };
    },
    FulfillmentShipped: (state, event, source) => {
      if (state.status !== 'running' || state.fulfillments[event.fulfillmentId]?.status !== 'live') return {};
      const { fulfillmentId, orderId, warehouse } = event;
      const stock = event.lines.map(({ lineId, sku, quantity }) =>
        source.issue(`${fulfillmentId}/${lineId}`, { type: 'ShipStock', sku, orderId, lineId, warehouse, quantity }),
      );
      const due = { orderId, fulfillmentId, cause: fulfillmentId };
      const captured = capture(afterShipment(state, event), due, source);
      return { state: captured.state, commands: [...stock, ...captured.commands] };
    },
    FulfillmentDelivered: (state, { fulfillmentId, orderId }, source) => {
      if (state.status !== 'running') return {};
      const fulfillment = state.fulfillments[fulfillmentId];
      if (!fulfillment) return {};
      const fulfillments = { ...state.fulfillments, [fulfillmentId]: { ...fulfillment, status: 'delivered' as const } };
      return completeWhenDone({ ...state, fulfillments }, orderId, source);
    },
    // Less than was wanted, when the order came to cost less meanwhile.
    CaptureRequested: (state, { captureId, amountMinor }) => {
      const open = state.status === 'running' ? state.openCaptures[captureId] : undefined;
      if (state.status !== 'running' || !open) return {};
      const less = open.amountMinor - amountMinor;
      return {
        state: {
          ...(less > 0 ? withLeft(state, open.paymentId, less) : state),
          askedMinor: state.askedMinor - less,
          openCaptures: { ...state.openCaptures, [captureId]: { ...open, amountMinor, isRequested: true } },
        },
      };
    },
    AmendmentDeclined: (before, { orderId, amendmentId }, source) => {
      if (before.status !== 'running') return {};
      const paymentIds = amendmentPaymentIdsOf(orderId, amendmentId);
      const forgone = [...new Set([...before.forgone, ...paymentIds])];
      const state = paymentIds.reduce<Running>(withoutPayment, { ...before, forgone });
      const end = endWhenDone(state, orderId, source);
      return { ...end, commands: [...end.commands, ...releaseRemainders(state, orderId, source)] };
    },
    PaymentCaptured: (state, { captureId, orderId }, source) => {
      if (state.status !== 'running' || !state.openCaptures[captureId]) return {};
      const end = completeWhenDone(withoutCapture(state, captureId), orderId, source);
      return { ...end, commands: [...end.commands, ...releaseRemainders(state, orderId, source)] };
    },
    CaptureFailed: (state, event, source) => {
      if (state.status !== 'running') return {};
      const { state: next = state, commands = [] } = holdForMoney(state, event, source);
      return { state: next, commands: [...commands, ...releaseRemainders(state, event.orderId, source)] };
    },
    RefundRequested: (state, event) => (state.status === 'running' ? { state: refundRequested(state, event) } : {}),
    PaymentRefunded: (state, { refundId }) =>
      state.status === 'running' ? { state: refundDone(state, refundId) } : {},
    RefundFailed: (before, event, source) => {
      if (before.status !== 'running') return {};
      const { state, commands } = refundRefused(before, event, source);
      if (state.settledBy.length === 0) return { state, commands };
      // It stood in the way of what its end gives back.
      const settled = settleUp(state, event.orderId, source);
      return { ...settled, commands: [...commands, ...settled.commands] };
    },
    OrderHoldReleased: (state, { orderId, holdId }, source) => {
      const again = state.status === 'running' ? askAgain(state, orderId, holdId, source) : null;
      if (!again) return {};
      // The order may have come to cost less meanwhile: then the bank is asked for nothing, and answers nothing.
      const end = completeWhenDone(again.state, orderId, source);
      return { ...end, commands: [...again.commands, ...end.commands] };
    },
    FulfillmentReduced: (state, { fulfillmentId, isEmpty }) => {
      if (state.status !== 'running' || !isEmpty) return {};
      const { [fulfillmentId]: _emptied, ...fulfillments } = state.fulfillments;
      return { state: { ...state, fulfillments } };
    },
    OrderAmended: (state, event, source) => {
      if (state.status !== 'running') return {};
      const { orderId, amendmentId } = event;
      const due = { orderId, fulfillmentId: null, cause: amendmentId };
      const { state: next, commands } = capture(repriced(state, event), due, source);
      const end = endWhenDone(next, orderId, source);
      return { state: end.state, commands: [...commands, ...end.commands] };
    },
    OrderLinesCanceled: (state, event, source) => {
      if (state.status !== 'running') return {};
      // It may have been the last that the order waited for.
      return endWhenDone(repriced(state, event), event.orderId, source);
    },
    OrderCompleted: (state, { orderId }, source) => {
      if (state.status !== 'running') return {};
      // Captured for what was to follow and was then not to be found, or has become cheaper since.
      const askedMinor = Math.min(state.askedMinor, dueMinor(state));
      const settled = settleUp({ ...state, askedMinor }, orderId, source);
      return { ...settled, commands: [...releaseRemainders(settled.state, orderId, source), ...settled.commands] };
    },
  },
});
