import { derivedId } from '#domain/shared/derived-id.ts';
import type { FulfillmentId, OrderId } from '#domain/shared/ids.ts';
import type { Source } from './define-process.ts';
import { type Authorized, dueMinor, type Running, withDoubt, withLeft, withoutCapture } from './shipping-state.ts';

/** `cause`: the fulfillment that was shipped, or the amendment. */
type Due = { readonly orderId: OrderId; readonly fulfillmentId: FulfillmentId | null; readonly cause: string };

/** How the payments share an amount: each gives what it has; what exceeds them all is asked of the last. */
const shares = (payments: readonly Authorized[], amountMinor: number) => {
  let left = amountMinor;
  return payments.map(({ paymentId, leftMinor }, index) => {
    const isLast = index === payments.length - 1;
    const part = isLast ? left : Math.min(left, leftMinor);
    left -= part;
    return { paymentId, amountMinor: part };
  });
};

type Wanted = Omit<Due, 'cause'> & {
  readonly amountMinor: number;
  /** What the capture ids are derived from. Of the first payment alone: the others' have their own in it too. */
  readonly cause: readonly string[];
};

const ask = (state: Running, { orderId, fulfillmentId, amountMinor, cause }: Wanted, source: Source) => {
  const parts = shares(state.payments, amountMinor).flatMap((part, index) => {
    const id = derivedId('capture', ...cause, ...(index === 0 ? [] : [part.paymentId]));
    return part.amountMinor === 0 ? [] : [{ captureId: id, ...part }];
  });
  const asked = new Map(parts.map((part) => [part.paymentId, part.amountMinor]));
  const open = parts.map(
    ({ captureId, ...part }) => [captureId, { fulfillmentId, ...part, isRequested: false, holdId: null }] as const,
  );
  return {
    state: {
      ...state,
      payments: state.payments.map((payment) => ({
        ...payment,
        leftMinor: Math.max(0, payment.leftMinor - (asked.get(payment.paymentId) ?? 0)),
      })),
      openCaptures: { ...state.openCaptures, ...Object.fromEntries(open) },
    },
    commands: parts.map((part) =>
      source.issue(part.captureId, { type: 'RequestCapture', orderId, fulfillmentId, ...part }),
    ),
  };
};

/** Asks for what a shipment, or an amendment after it, has made due. Nothing for a gift, or where enough was paid before an amendment. */
export const capture = (state: Running, { fulfillmentId, orderId, cause }: Due, source: Source) => {
  const amountMinor = dueMinor(state) - state.askedMinor;
  if (state.payments.length === 0 || amountMinor <= 0) return { state, commands: [] };
  const next = { ...state, askedMinor: state.askedMinor + amountMinor };
  return ask(next, { orderId, fulfillmentId, amountMinor, cause: [cause] }, source);
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
  const openCaptures = { ...state.openCaptures, [captureId]: { ...open, holdId } };
  return {
    state: withDoubt({ ...state, openCaptures }, open.paymentId),
    commands: [source.issue(holdId, { type: 'PlaceHold', orderId, holdId, reason, noteWhenOver })],
  };
};

/**
 * Of whatever the bank holds by now: another payment may have taken the place of the one that came to nothing. Null where
 * the hold was another's.
 */
export const askAgain = (state: Running, orderId: OrderId, holdId: string, source: Source) => {
  const [failedId, failed] = Object.entries(state.openCaptures).find(([, open]) => open.holdId === holdId) ?? [];
  if (!failedId || !failed) return null;
  const { fulfillmentId, paymentId, amountMinor } = failed;
  const before = withLeft(withoutCapture(state, failedId), paymentId, amountMinor);
  // Another capture: the gateway would answer the old one as it did before.
  const cause = [fulfillmentId ?? failedId, source.recorded.eventId];
  return ask(before, { orderId, fulfillmentId, amountMinor, cause }, source);
};
