import { type Finding, type InconsistencyKind, inconsistencyKinds } from './inconsistencies.ts';

export type Example = {
  /** The order in the source; null where a row belongs to none that is there. */
  readonly olistOrderId: string;
  /** What people read out; null for rows that made no order. */
  readonly orderNumber: string | null;
  readonly detail: string;
};

export type FindingsOfKind = {
  readonly kind: InconsistencyKind;
  readonly title: string;
  readonly of: 'order' | 'payment' | 'item' | 'row';
  readonly handling: string;
  readonly count: number;
  /** The first five, in the order of the file. */
  readonly examples: readonly Example[];
};

export type Findings = {
  add(finding: Finding, olistOrderId: string, orderNumber: string | null): void;
  /** All kinds, the most frequent first; those never found too. */
  list(): readonly FindingsOfKind[];
};

const examplesMax = 5;
const kinds = Object.keys(inconsistencyKinds) as InconsistencyKind[];

/** Counts findings by kind, and keeps the first examples. */
export const createFindings = (): Findings => {
  const byKind = new Map(kinds.map((kind) => [kind, { count: 0, examples: [] as Example[] }]));
  return {
    add: ({ kind, detail }, olistOrderId, orderNumber) => {
      const entry = byKind.get(kind);
      if (!entry) return;
      entry.count += 1;
      if (entry.examples.length < examplesMax) entry.examples.push({ olistOrderId, orderNumber, detail });
    },
    list: () =>
      [...byKind]
        .map(([kind, { count, examples }]): FindingsOfKind => {
          const { title, of, handling } = inconsistencyKinds[kind];
          return { kind, title, of, handling, count, examples };
        })
        .toSorted((a, b) => b.count - a.count),
  };
};
