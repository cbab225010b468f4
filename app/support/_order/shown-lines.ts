import type { DomainEvent } from '#domain/events/registry.ts';
import { amended } from '#domain/order/amend.ts';
import type { UnpricedLine } from '#domain/order/amendment-events.ts';
import type { Totals } from '#domain/order/events.ts';
import type { Priced } from '#domain/order/pricing.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import type { LineId } from '#domain/shared/ids.ts';
import type { EventFormat } from '#domain/waybill/event-words.ts';

type PricedLine = Priced<UnpricedLine>;

/** A line as it is or is to be; `was`: what is recorded of it, null where it is new. */
export type ShownLine = {
  readonly line: PricedLine;
  readonly was: PricedLine | null;
  readonly state: 'kept' | 'changed' | 'added' | 'removed';
};

export type ShownOrder = {
  readonly lines: readonly ShownLine[];
  readonly totals: Totals;
  readonly was: Totals;
  /** A change is asked for and not made, or made and not recorded. */
  readonly isPending: boolean;
};

const isSameLine = (a: PricedLine, b: PricedLine): boolean =>
  a.quantity === b.quantity && a.unitPriceMinor === b.unitPriceMinor;

/** The order's lines with what is to become of them: by an amendment that waits, or by what isn't recorded yet. */
export const shownOrder = (order: ExistingOrder, recorded: ExistingOrder | null): ShownOrder => {
  const after = order.amendment ? amended(order, order.amendment) : order;
  const before = recorded ?? order;
  const knownBefore = new Map(before.lines.map((line) => [line.lineId, line]));
  const kept = new Map(after.lines.map((line) => [line.lineId, line]));
  const lines: ShownLine[] = [
    ...before.lines.map((was): ShownLine => {
      const line = kept.get(was.lineId);
      if (!line) return { line: was, was, state: 'removed' };
      return { line, was, state: isSameLine(line, was) ? 'kept' : 'changed' };
    }),
    ...after.lines
      .filter(({ lineId }) => !knownBefore.has(lineId))
      .map((line): ShownLine => ({ line, was: null, state: 'added' })),
  ];
  const isPending = order.amendment !== null || lines.some(({ state }) => state !== 'kept');
  return { lines, totals: after.totals, was: before.totals, isPending };
};

const factsOf = (event: DomainEvent, { money }: EventFormat): readonly (readonly [LineId, string])[] => {
  switch (event.type) {
    case 'OrderLineAdded':
      return [[event.line.lineId, 'added later']];
    case 'OrderLineQuantityChanged':
      return [[event.lineId, `was ${event.from}`]];
    case 'OrderLinePriceOverridden':
      return [[event.lineId, `was ${money(event.from, event.currency)} each: ${event.reason}`]];
    case 'OrderLinesCanceled':
      return event.lines.map(({ lineId, quantity }) => [lineId, `${quantity} canceled`]);
    // A line that is gone has no words beside it; the timeline tells of it.
    default:
      return [];
  }
};

/** By line: what was changed of it since the order was placed. `events`: the oldest first. */
export const lineMarks = (
  events: readonly DomainEvent[],
  format: EventFormat,
): Readonly<Record<string, readonly string[]>> => {
  const marks: Record<string, string[]> = {};
  for (const [lineId, words] of events.flatMap((event) => factsOf(event, format)))
    marks[lineId] = [...(marks[lineId] ?? []), words];
  return marks;
};
