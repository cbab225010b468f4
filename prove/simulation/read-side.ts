import { isDeepStrictEqual } from 'node:util';
import type { StorePosition } from '#domain/shared/store-position.ts';
import { type Projection, type RowFold, sourceKeyOf } from '#server/projections/define-projection.ts';
import { projections } from '#server/projections/registry.ts';
import { type Barred, foldBatch, type Row } from '#server/runtime/fold-batch.ts';
import type { FedEvent } from '#server/runtime/read-safely.ts';
import { asJsonb } from './jsonb.ts';
import type { MemoryStore } from './memory-store.ts';
import { expect } from './simulation-error.ts';

const nothingBarred: Barred = { parked: new Set(), skipped: new Set() };

/** The tables of one projection: rows by key, sums by key, logs as they came. */
export class ReadTables {
  readonly projection: Projection;
  at: StorePosition = { incarnation: 0, transactionId: 0, position: 0 };
  readonly rows = new Map<string, Row>();
  readonly sums = new Map<string, Record<string, number>>();
  readonly logs: Row[] = [];

  constructor(projection: Projection) {
    this.projection = projection;
  }

  #add(table: string, row: Row, key: readonly string[]): void {
    const id = `${table}\n${key.map((column) => row[column]).join('\n')}`;
    const sums = this.sums.get(id) ?? {};
    for (const [column, amount] of Object.entries(row)) {
      if (key.includes(column)) continue;
      sums[column] = (sums[column] ?? 0) + Number(amount);
      // As good as not there: the table has zeros for what nobody adds to.
      if (sums[column] === 0) delete sums[column];
    }
    if (Object.keys(sums).length === 0) this.sums.delete(id);
    else this.sums.set(id, sums);
  }

  apply(events: readonly FedEvent[], throughJsonb: boolean): void {
    const name = this.projection.name;
    for (const fold of this.projection.folds) {
      const rowOf = (key: string): Row | undefined => {
        const row = this.rows.get(`${fold.table.name}\n${key}`);
        return row && throughJsonb ? asJsonb(row) : row;
      };
      const folded = foldBatch(fold, events, rowOf, nothingBarred);
      for (const { event, error } of folded.poison)
        expect(false, `Projection ${name} takes every event`, { type: event.event.type, error });
      for (const { key, after } of folded.changes) {
        if (after === undefined) this.rows.delete(`${fold.table.name}\n${key}`);
        else this.rows.set(`${fold.table.name}\n${key}`, after);
      }
      for (const { table, row } of folded.deltas) {
        const aggregate = (fold as RowFold).aggregates.find((candidate) => candidate.name === table);
        this.#add(table, row, Object.keys(aggregate?.key ?? {}));
      }
      this.logs.push(...folded.inserts);
    }
  }
}

export type ReadSide = {
  /** Folds one batch into one projection; returns how many events. */
  follow(nth: number, limit: number, throughJsonb: boolean): Promise<number>;
  /** Compares what was folded live, batch by batch, with a replay, order by order, as a rebuild does it. */
  expectEqualToReplay(): void;
  readonly count: number;
};

const sorted = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, asJsonb(value)]);

export const createReadSide = (store: MemoryStore): ReadSide => {
  const live = projections.map((projection) => new ReadTables(projection));
  return {
    count: live.length,
    follow: async (nth, limit, throughJsonb) => {
      const tables = live[nth];
      if (!tables) return 0;
      const page = await store.readAll(tables.at, limit);
      tables.apply(page.events, throughJsonb);
      tables.at = page.readTo;
      return page.events.length;
    },
    expectEqualToReplay: () => {
      const bySource = Map.groupBy(store.log(), (event) => sourceKeyOf(event));
      for (const tables of live) {
        const { projection } = tables;
        const replayed = new ReadTables(projection);
        for (const events of bySource.values()) replayed.apply(events, false);
        const promise = `The rows of ${projection.name} that were folded live equal a replay`;
        expect(isDeepStrictEqual(sorted(tables.rows), sorted(replayed.rows)), promise);
        expect(isDeepStrictEqual(sorted(tables.sums), sorted(replayed.sums)), `${promise} (sums)`, {
          live: sorted(tables.sums),
          replayed: sorted(replayed.sums),
        });
        const texts = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(asJsonb(row))).sort();
        expect(isDeepStrictEqual(texts(tables.logs), texts(replayed.logs)), `${promise} (log)`);
      }
    },
  };
};
