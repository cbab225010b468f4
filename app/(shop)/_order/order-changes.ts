import type { AmendmentDeclineReason, AmendmentRequested } from '#domain/order/amendment-events.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import { isErased } from '#domain/shared/personal.ts';
import type { Entry } from './route-stops.ts';

/** A change of what was ordered, and what became of it. */
export type OrderChange = {
  readonly id: string;
  /** When it was asked for, or ended. ISO 8601. */
  readonly at: string;
  readonly state: 'pending' | 'done' | 'declined';
  /** Each thing that it changes, in words. */
  readonly what: readonly string[];
  readonly beforeMinor: number;
  readonly afterMinor: number;
  readonly refundMinor: number;
  /** Why it came to nothing. */
  readonly why: string | null;
};

type Names = ReadonlyMap<string, string>;

const namesOf = (order: ExistingOrder, entries: readonly Entry[]): Names => {
  const names = new Map<string, string>();
  for (const { event } of entries) {
    const lines = event.type === 'OrderPlaced' ? event.lines : event.type === 'AmendmentRequested' ? event.added : [];
    for (const { lineId, name } of lines) names.set(lineId, name);
  }
  for (const { lineId, name } of order.lines) names.set(lineId, name);
  return names;
};

const nameOf = (names: Names, lineId: string): string => names.get(lineId) ?? 'An item';

const changedWords = (event: AmendmentRequested, names: Names): readonly string[] => {
  const { quantities, added, shipTo, delivery, exchangeFor, discount, prices } = event;
  const where = shipTo && (isErased(shipTo.recipient) ? shipTo.city : `${shipTo.recipient.street}, ${shipTo.city}`);
  return [
    ...quantities.map(({ lineId, quantity }) =>
      quantity === 0 ? `${nameOf(names, lineId)} removed` : `${nameOf(names, lineId)}, now ${quantity}`,
    ),
    ...added.map(({ name, quantity }) => `${quantity} × ${name} ${exchangeFor ? 'sent again' : 'added'}`),
    ...(where ? [`To ${where}`] : []),
    ...(delivery ? [`Shipping: ${delivery.method.name}`] : []),
    ...(discount || prices.length > 0 ? ['Other prices'] : []),
  ];
};

const declinedWords = (reason: AmendmentDeclineReason, names: Names): string => {
  switch (reason.code) {
    case 'SoldOut':
      return reason.lines
        .map(({ lineId, available }) =>
          available === 0
            ? `${nameOf(names, lineId)} is sold out.`
            : `Of ${nameOf(names, lineId)}, only ${available} more ${available === 1 ? 'is' : 'are'} left.`,
        )
        .join(' ');
    case 'PaymentDeclined':
      return 'Your bank declined the additional amount, so nothing more was charged.';
    case 'PaymentNotCompleted':
      return 'The additional payment was not completed in time, so nothing more was charged.';
    case 'OrderMoved':
      return 'The order went on in the meantime.';
  }
};

const outcomeOf = (
  event: AmendmentRequested,
  at: string,
  order: ExistingOrder,
  entries: readonly Entry[],
  names: Names,
) => {
  const { amendmentId } = event;
  for (const { event: later, occurredAt } of entries) {
    if (later.type === 'OrderAmended' && later.amendmentId === amendmentId)
      return {
        at: occurredAt,
        state: 'done' as const,
        afterMinor: later.totalsAfter.grandTotalMinor,
        refundMinor: later.refundMinor,
        why: null,
      };
    if (later.type === 'AmendmentDeclined' && later.amendmentId === amendmentId)
      return {
        at: occurredAt,
        state: 'declined' as const,
        afterMinor: event.totalsAfter.grandTotalMinor,
        refundMinor: 0,
        why: declinedWords(later.reason, names),
      };
  }
  const isOver = order.status === 'canceled' || order.status === 'rejected';
  return {
    at,
    state: isOver ? ('declined' as const) : ('pending' as const),
    afterMinor: event.totalsAfter.grandTotalMinor,
    refundMinor: event.refundMinor,
    why: isOver ? 'The order ended before.' : null,
  };
};

/** All changes of an order, the newest first. `entries`: the newest first, with what is predicted ahead of them. */
export const changesOf = (order: ExistingOrder, entries: readonly Entry[]): readonly OrderChange[] => {
  const names = namesOf(order, entries);
  return entries.flatMap(({ event, occurredAt, isPredicted }): OrderChange[] => {
    if (event.type === 'AmendmentRequested')
      return [
        {
          id: event.amendmentId,
          what: changedWords(event, names),
          beforeMinor: event.totalsBefore.grandTotalMinor,
          ...outcomeOf(event, occurredAt, order, entries, names),
        },
      ];
    if (event.type !== 'OrderLinesCanceled') return [];
    return [
      {
        id: `${occurredAt} ${event.lines.map(({ lineId, quantity }) => `${lineId} ${quantity}`).join()}`,
        at: occurredAt,
        state: isPredicted ? 'pending' : 'done',
        what: event.lines.map(({ lineId, quantity }) => `${quantity} × ${nameOf(names, lineId)} canceled`),
        beforeMinor: event.totalsBefore.grandTotalMinor,
        afterMinor: event.totalsAfter.grandTotalMinor,
        refundMinor: event.refundMinor,
        why: null,
      },
    ];
  });
};
