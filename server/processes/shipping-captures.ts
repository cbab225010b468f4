import type { FulfillmentId, OrderId, PaymentId } from '#domain/shared/ids.ts';
import type { Source } from './define-process.ts';
import { derivedId } from './derived-id.ts';
import { type Authorized, dueMinor, type Running, withoutCapture } from './shipping-state.ts';

/** `cause`: the fulfillment that was shipped, or the amendment. */
const captureIdOf = (cause: string, paymentId: PaymentId, isFirst: boolean): string =>
  isFirst ? derivedId('capture', cause) : derivedId('capture', cause, paymentId);

type Due = { readonly orderId: OrderId; readonly fulfillmentId: FulfillmentId | null; readonly cause: string };

/** How the payments share an amount: each gives what it has; what exceeds them all is asked of the last. */
const shares = (payments: readonly Authorized[], amountMinor: number): Authorized[] => {
  let left = amountMinor;
  return payments.map(({ paymentId, leftMinor }, index) => {
    const isLast = index === payments.length - 1;
    const part = isLast ? left : Math.min(left, leftMinor);
    left -= part;
    return { paymentId, leftMinor: part };
  });
};

/** Asks for what a shipment, or an amendment after it, has made due. Nothing for a gift, or where enough was paid before an amendment. */
export const capture = (state: Running, { fulfillmentId, orderId, cause }: Due, source: Source) => {
  const amountMinor = dueMinor(state) - state.askedMinor;
  if (state.payments.length === 0 || amountMinor <= 0) return { state, commands: [] };
  const parts = shares(state.payments, amountMinor).flatMap(({ paymentId, leftMinor: part }, index) =>
    part === 0 ? [] : [{ captureId: captureIdOf(cause, paymentId, index === 0), paymentId, amountMinor: part }],
  );
  const asked = new Map(parts.map((part) => [part.paymentId, part.amountMinor]));
  const open = parts.map(
    ({ captureId, ...part }) => [captureId, { fulfillmentId, ...part, isRequested: false, holdId: null }] as const,
  );
  return {
    state: {
      ...state,
      askedMinor: state.askedMinor + amountMinor,
      payments: state.payments.map(({ paymentId, leftMinor }) => ({
        paymentId,
        leftMinor: Math.max(0, leftMinor - (asked.get(paymentId) ?? 0)),
      })),
      openCaptures: { ...state.openCaptures, ...Object.fromEntries(open) },
    },
    commands: parts.map((part) =>
      source.issue(part.captureId, { type: 'RequestCapture', orderId, fulfillmentId, ...part }),
    ),
  };
};

/** The bank's no to money for what has left already. A person decides; releasing the hold asks the bank again. */
export const holdForMoney = (
  state: Running,
  event: { orderId: OrderId; captureId: string; code: string },
  source: Source,
) => {
  const { orderId, captureId, code } = event;
  const open = state.openCaptures[captureId];
  if (!open) return {};
  const holdId = derivedId('hold', 'capture', captureId);
  const reason = `The bank did not pay for a shipment (${code}). Releasing this hold asks it again.`;
  const noteWhenOver = `The bank did not pay for a shipment (${code}), and the order is over. The customer owes the money.`;
  return {
    state: { ...state, openCaptures: { ...state.openCaptures, [captureId]: { ...open, holdId } } },
    commands: [source.issue(holdId, { type: 'PlaceHold', orderId, holdId, reason, noteWhenOver })],
  };
};

export const askAgain = (state: Running, orderId: OrderId, holdId: string, source: Source) => {
  const [failedId, failed] = Object.entries(state.openCaptures).find(([, open]) => open.holdId === holdId) ?? [];
  if (!failedId || !failed) return {};
  const { fulfillmentId, paymentId, amountMinor } = failed;
  // Another capture: the gateway would answer the old one as it did before.
  const captureId = derivedId('capture', fulfillmentId ?? failedId, source.recorded.eventId);
  const rest = withoutCapture(state, failedId);
  return {
    state: {
      ...rest,
      openCaptures: { ...rest.openCaptures, [captureId]: { ...failed, isRequested: false, holdId: null } },
    },
    commands: [
      source.issue(captureId, { type: 'RequestCapture', orderId, paymentId, captureId, fulfillmentId, amountMinor }),
    ],
  };
};
