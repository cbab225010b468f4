import type { Disposition, ReturnedLine } from '#domain/order/return-events.ts';

/** What becomes of each unit, in the order in which they are taken in hand: the lines one after the other. */
export type Verdicts = readonly Disposition[];

type Counted = Pick<ReturnedLine, 'lineId' | 'quantity'>;

export const dispositions = ['restock', 'damaged', 'refused'] as const satisfies readonly Disposition[];

/** The unit to look at next: the `nth` of `of` of its line, counted from 1. Null when all have their verdict. */
export const nextUnit = <Line extends Counted>(
  received: readonly Line[],
  verdicts: Verdicts,
): { readonly line: Line; readonly nth: number; readonly of: number } | null => {
  let before = 0;
  for (const line of received) {
    if (verdicts.length < before + line.quantity) return { line, nth: verdicts.length - before + 1, of: line.quantity };
    before += line.quantity;
  }
  return null;
};

/** The verdicts of one line, by what becomes of its units. */
export const verdictsOf = (received: readonly Counted[], verdicts: Verdicts, lineId: string): Verdicts => {
  let before = 0;
  for (const line of received) {
    if (line.lineId === lineId) return verdicts.slice(before, before + line.quantity);
    before += line.quantity;
  }
  return [];
};

/** The verdicts as the command takes them: units of one line that share their fate are one entry. */
export const inspectedLines = (received: readonly Counted[], verdicts: Verdicts) =>
  received.flatMap(({ lineId }) => {
    const own = verdictsOf(received, verdicts, lineId);
    return dispositions.flatMap((disposition) => {
      const quantity = own.filter((verdict) => verdict === disposition).length;
      return quantity > 0 ? [{ lineId, quantity, disposition }] : [];
    });
  });
