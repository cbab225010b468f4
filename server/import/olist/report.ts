import type { ProjectionsFollowed } from '../follow-projections.ts';
import type { FindingsOfKind } from './findings.ts';
import { paymentKindOf } from './payment-kinds.ts';
import type { SourceTotals } from './read-tables.ts';
import type { StoredTotals } from './stored-totals.ts';

/** One sum, of the files and of the database. `unit` says how to show it; amounts are in minor units of BRL. */
export type Check = {
  readonly what: string;
  readonly unit: 'count' | 'brl';
  readonly in: number;
  readonly out: number;
  readonly isEqual: boolean;
};

export type ImportReport = {
  /** Whether the database holds all that the files hold, to the cent. */
  readonly isComplete: boolean;
  readonly source: { readonly folder: string; readonly fingerprint: string };
  readonly checks: readonly Check[];
  readonly inconsistencies: readonly FindingsOfKind[];
  readonly eventsByType: Readonly<Record<string, number>>;
  /** How the projections followed; null where nobody drove them. */
  readonly projections: ProjectionsFollowed | null;
  readonly run: {
    /** Orders that an earlier run had finished. */
    readonly ordersSkipped: number;
    readonly eventsAppended: number;
    readonly readSeconds: number;
    readonly appendSeconds: number;
    readonly validateSeconds: number;
    readonly totalSeconds: number;
    /** Over the time of appending. */
    readonly eventsPerSecond: number;
    /** Over the time until the projections had folded them too; null where they had not. */
    readonly eventsProjectedPerSecond: number | null;
    /** Of this process, the database's not counted. */
    readonly peakMemoryMb: number;
  };
};

const check = (what: string, unit: Check['unit'], input: number, output: number): Check => ({
  what,
  unit,
  in: input,
  out: output,
  isEqual: input === output,
});

/**
 * Holds the files (orders, and the totals of the rows) and the mapping (events by type) against the database. Each
 * pair is summed independently.
 */
export const compareTotals = (
  source: SourceTotals & { readonly orders: number; readonly eventsByType: Readonly<Record<string, number>> },
  stored: StoredTotals,
): readonly Check[] => {
  const byKind: Record<string, { types: string[]; count: number; minor: number }> = {};
  for (const [type, { count, minor }] of Object.entries(source.payments)) {
    const known = byKind[paymentKindOf(type)] ?? { types: [], count: 0, minor: 0 };
    byKind[paymentKindOf(type)] = {
      types: [...known.types, type],
      count: known.count + count,
      minor: known.minor + minor,
    };
  }
  const kinds = [...new Set([...Object.keys(byKind), ...Object.keys(stored.payments)])].toSorted();
  const types = [...new Set([...Object.keys(source.eventsByType), ...Object.keys(stored.eventsByType)])].toSorted();
  return [
    check('Orders', 'count', source.orders, stored.orders),
    check('Items', 'count', source.itemCount, stored.items),
    check('Items', 'brl', source.itemsMinor, stored.itemsMinor),
    check('Freight', 'brl', source.freightMinor, stored.freightMinor),
    ...kinds.flatMap((kind) => {
      const [given, out] = [byKind[kind], stored.payments[kind]];
      const name = `Payments, ${given?.types.join(', ') ?? kind}`;
      return [
        check(name, 'count', given?.count ?? 0, out?.count ?? 0),
        check(name, 'brl', given?.minor ?? 0, out?.minor ?? 0),
      ];
    }),
    ...types.map((type) =>
      check(`Event ${type}`, 'count', source.eventsByType[type] ?? 0, stored.eventsByType[type] ?? 0),
    ),
  ];
};
