import { derivedId } from '#domain/shared/derived-id.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import { settleReason } from './complete-money-intents.ts';
import type { Source } from './define-process.ts';
import type { MakingUp, Running } from './shipping-state.ts';

/** What the bank refused to give back, of a lower price, is still taken; until the end, which asks for it itself. */
const withRefused = (state: Running, refundId: string, refund: MakingUp, isRefused: boolean): Running => {
  const changed = refund.since === 'end' || refund.isRefused === isRefused || state.settledBy.length > 0;
  const takenMinor = changed ? 0 : refund.amountMinor;
  return {
    ...state,
    askedMinor: state.askedMinor + (isRefused ? takenMinor : -takenMinor),
    makingUp: { ...state.makingUp, [refundId]: { ...refund, isRefused } },
  };
};

type Requested = { readonly refundId: string; readonly amountMinor: number; readonly reason: string };

/** Others give back for a reason of their own. */
export const refundRequested = (state: Running, { refundId, amountMinor, reason }: Requested): Running => {
  const known = state.makingUp[refundId];
  if (known) return withRefused(state, refundId, known, false);
  if (state.promisedMinor > 0) {
    const makingUp = { ...state.makingUp, [refundId]: { amountMinor, since: 'price' as const, isRefused: false } };
    return { ...state, promisedMinor: state.promisedMinor - amountMinor, makingUp };
  }
  if (reason !== settleReason) return state;
  const refund: MakingUp = { amountMinor, since: 'end', isRefused: false };
  return { ...state, makingUp: { ...state.makingUp, [refundId]: refund } };
};

export const refundDone = (state: Running, refundId: string): Running => {
  const known = state.makingUp[refundId];
  if (!known) return state;
  const done = withRefused(state, refundId, known, false);
  const { [refundId]: _back, ...makingUp } = done.makingUp;
  return { ...done, makingUp };
};

const noteOf = ({ since }: MakingUp, code: string): string =>
  since === 'price'
    ? `The bank did not give back what the order has come to cost less (${code}). It is asked again when the order is changed, or ends.`
    : `The bank did not give back what was taken too much (${code}). The customer is owed it: give it back in another way.`;

type Refused = { readonly orderId: OrderId; readonly refundId: string; readonly code: string };

/** A person is told: nobody may lose sight of what the customer is owed. */
export const refundRefused = (state: Running, { orderId, refundId, code }: Refused, source: Source) => {
  const known = state.makingUp[refundId];
  if (!known) return { state, commands: [] };
  const noteId = derivedId('note', 'refund', refundId, source.recorded.eventId);
  const note = {
    type: 'AddNote' as const,
    orderId,
    noteId,
    text: noteOf(known, code),
    visibility: 'internal' as const,
  };
  return { state: withRefused(state, refundId, known, true), commands: [source.issue(noteId, note)] };
};
