import { share, sum } from '../shared/money.ts';
import type { OrderLine } from './events.ts';

/**
 * What was paid for some units of an order's lines: each its share of the line's total, after discount and with tax,
 * rounded half up. All units of a line are its total, to the last minor unit. `quantities`: by line id, kept within
 * what was ordered.
 */
export const refundForLines = (
  lines: readonly Pick<OrderLine, 'lineId' | 'quantity' | 'totalMinor'>[],
  quantities: Readonly<Record<string, number>>,
): number =>
  sum(
    lines.map(({ lineId, quantity, totalMinor }) =>
      share(totalMinor, Math.min(quantity, Math.max(0, quantities[lineId] ?? 0)), quantity),
    ),
  );
