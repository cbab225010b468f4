import type { DomainEvent } from '#domain/events/registry.ts';
import type { AmendmentDeclineReason } from '#domain/order/amendment-events.ts';

export type ChangeOutcome =
  | Extract<DomainEvent, { type: 'OrderAmended' }>
  | Extract<DomainEvent, { type: 'AmendmentDeclined' }>;

/**
 * What the last change that was asked for came to: a refusal, until another change is asked for; a success only to
 * whoever watched it wait. Null where there is nothing to tell. `events`: the newest first.
 */
export const changeOutcome = (events: readonly DomainEvent[], watchedId: string | null): ChangeOutcome | null => {
  const last = events.find(
    ({ type }) => type === 'AmendmentRequested' || type === 'OrderAmended' || type === 'AmendmentDeclined',
  );
  if (last?.type === 'AmendmentDeclined') return last;
  return last?.type === 'OrderAmended' && last.amendmentId === watchedId ? last : null;
};

/** Why a change was not made, and what is to be done: whole sentences after the title. */
export const declinedWords = (reason: AmendmentDeclineReason, nameOf: (sku: string) => string): string => {
  switch (reason.code) {
    case 'SoldOut':
      return `${reason.lines
        .map(({ sku, requested, available }) => `${requested} × ${nameOf(sku)} wanted, ${available} left`)
        .join('; ')}. The order stands as it was.`;
    case 'PaymentDeclined':
      return `The bank said ${reason.declineCode.replaceAll('_', ' ')}. Nothing was charged, and the order stands as it was.`;
    case 'PaymentNotCompleted':
      return 'Nothing was charged, and the order stands as it was.';
    case 'OrderMoved':
      return 'What the order had become no longer allowed it. Look at it again and change what still can be.';
  }
};
