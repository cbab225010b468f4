import { sum } from '../shared/money.ts';
import type { FulfillmentLine } from './events.ts';
import { type ExistingFulfillment, leftToPick } from './state.ts';

/** One line of a walk through the warehouse. */
export type WalkStop = FulfillmentLine & {
  readonly picked: number;
  readonly missing: number;
  /** Neither picked nor reported missing. */
  readonly left: number;
};

const byBin = new Intl.Collator('en', { numeric: true });

/** The stops in the order of their bins; what has no bin comes last. Pure. */
export const walkOf = (fulfillment: ExistingFulfillment): WalkStop[] =>
  fulfillment.lines
    .map((line) => ({
      ...line,
      picked: fulfillment.picked[line.lineId] ?? 0,
      missing: fulfillment.missing[line.lineId] ?? 0,
      left: leftToPick(fulfillment, line.lineId),
    }))
    .toSorted(
      (a, b) =>
        Number(a.bin === null) - Number(b.bin === null) ||
        byBin.compare(a.bin ?? '', b.bin ?? '') ||
        byBin.compare(a.lineId, b.lineId),
    );

export type WalkCount = {
  readonly units: number;
  readonly picked: number;
  readonly missing: number;
  readonly left: number;
};

export const countWalk = (stops: readonly WalkStop[]): WalkCount => ({
  units: sum(stops.map(({ quantity }) => quantity)),
  picked: sum(stops.map(({ picked }) => picked)),
  missing: sum(stops.map(({ missing }) => missing)),
  left: sum(stops.map(({ left }) => left)),
});

/** What a scan or a typed code means on this walk. */
export type Scan =
  | { readonly kind: 'nothing' }
  /** The right item: one of it goes into the tote. */
  | { readonly kind: 'item'; readonly stop: WalkStop }
  /** The right item, but all of it has been picked or reported missing. */
  | { readonly kind: 'complete'; readonly stop: WalkStop }
  /** A bin of the walk where something is left. */
  | { readonly kind: 'bin'; readonly stop: WalkStop }
  /** Shaped like a bin, but nothing is left to pick there. */
  | { readonly kind: 'wrong bin'; readonly code: string }
  | { readonly kind: 'wrong item'; readonly code: string };

const binShape = /^[A-Z]{1,2}-\d{1,3}-\d{1,2}$/;

/**
 * Reads what the scanner (or a person) typed: a SKU or a bin, in any case. Where one SKU is on several lines, the
 * line that the picker stands at comes first. Pure.
 */
export const readScan = (text: string, stops: readonly WalkStop[], currentLineId: string | null): Scan => {
  const code = text.trim().toUpperCase();
  if (code === '') return { kind: 'nothing' };
  const currentFirst = stops.toSorted(
    (a, b) => Number(b.lineId === currentLineId) - Number(a.lineId === currentLineId),
  );
  const items = currentFirst.filter(({ sku }) => sku.toUpperCase() === code);
  const wanted = items.find(({ left }) => left > 0);
  if (wanted) return { kind: 'item', stop: wanted };
  const [complete] = items;
  if (complete) return { kind: 'complete', stop: complete };
  const bin = currentFirst.find((stop) => stop.left > 0 && stop.bin?.toUpperCase() === code);
  if (bin) return { kind: 'bin', stop: bin };
  return { kind: binShape.test(code) ? 'wrong bin' : 'wrong item', code };
};
