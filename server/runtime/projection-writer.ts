import { LRUCache } from 'lru-cache';
import type { Database } from '#db/clients.ts';
import type { StorePosition } from '#domain/shared/store-position.ts';
import type { Codec } from '#server/event-store/codec.ts';
import { type Fold, type RowFold, sourceKeyOf } from '#server/projections/define-projection.ts';
import { type Barred, deltasOf, foldBatch, keysOfBatch, type Row } from './fold-batch.ts';
import { createLazyCheckpoint, type MoveCheckpoint } from './lazy-checkpoint.ts';
import type { Lease } from './leases.ts';
import type { ProjectionTarget } from './projection-target.ts';
import { type FedEvent, type Page, readSource } from './read-safely.ts';
import { columnsOf, decodeRow, keyColumn, loadSql } from './table-sql.ts';
import { type FoldResult, LeaseLost, writeBatch } from './write-batch.ts';

/** Folds pages of events into a projection's tables, under one lease. Not to be shared: one call at a time. */
export type ProjectionWriter = {
  /** Everything up to here is folded in; the checkpoint stands there, or will after `flush`. */
  readonly at: () => StorePosition;
  /**
   * Folds a page and writes it with the checkpoint. Throws `LeaseLost`, or the driver's error; nothing is written then.
   * With `move`, what changes nothing is not written: its checkpoint is owed.
   */
  apply(page: Pick<Page, 'events' | 'readTo'>): Promise<void>;
  /** Parks the orders of these events in every fold that takes them, and moves on. */
  park(page: Pick<Page, 'events' | 'readTo'>, error: string): Promise<void>;
  /**
   * Folds all rows of one order, or inventory stream, again from its events, up to where the projection stands; frees
   * it where it was parked and can be folded now.
   */
  refold(sourceKey: string, refoldIds: readonly number[]): Promise<void>;
  readonly parkedCount: () => number;
  /** When the owed checkpoint is due, in ms from now; infinite where none is. */
  readonly flushDueInMs: () => number;
  /** Moves the checkpoint to `at`, where it is owed. Throws `LeaseLost`. */
  flush(): Promise<void>;
  /** How long the server took for the last batch's statement, in ms. */
  readonly lastWriteMs: () => number;
};

export type ProjectionWriterOptions = {
  readonly sql: Database;
  readonly codec: Codec;
  readonly target: ProjectionTarget;
  readonly lease: Lease;
  /** Where the checkpoint stands. */
  readonly at: StorePosition;
  /** Moves a checkpoint alone. Without it, every page's write moves it. */
  readonly move?: MoveCheckpoint;
  /** Rows that are remembered for each fold; the holder of the lease is the only writer. Default 4,000. */
  readonly cachedRowsMax?: number;
};

type Cached = { readonly row: Row | undefined };
type FoldMemory = {
  readonly cache: LRUCache<string, Cached>;
  readonly parked: Set<string>;
  readonly skipped: Set<string>;
};

const nothingBarred: ReadonlySet<string> = new Set();

const changesNothing = ({ folded: { changes, deltas, inserts, poison } }: FoldResult): boolean =>
  changes.length + deltas.length + inserts.length + poison.length === 0;

/** Reads what is parked and skipped, and starts with an empty memory of rows. */
export const createProjectionWriter = async (options: ProjectionWriterOptions): Promise<ProjectionWriter> => {
  const { sql, codec, target, lease, move, cachedRowsMax = 4_000 } = options;
  const { projection } = target;
  const checkpoint = createLazyCheckpoint({ move: move ?? (async () => false), lease, at: options.at });
  let reached = options.at;
  let writeMs = 0;

  const memories = new Map<string, FoldMemory>(
    projection.folds.map(({ table }) => [
      table.name,
      { cache: new LRUCache<string, Cached>({ max: cachedRowsMax }), parked: new Set(), skipped: new Set() },
    ]),
  );
  const memoryOf = (fold: Fold): FoldMemory => {
    const memory = memories.get(fold.table.name);
    if (!memory) throw new Error(`${fold.table.name} is no table of ${projection.name}`);
    return memory;
  };

  const readSkipped = async (): Promise<void> => {
    const skipped = await sql<{ fold: string; event_id: string }[]>`
      select fold, event_id from read.skipped where projection = ${projection.name}`;
    for (const { fold, event_id } of skipped) memories.get(fold)?.skipped.add(event_id);
  };
  const parked = await sql<{ fold: string; source_key: string }[]>`
    select fold, source_key from read.parked
    where projection = ${target.consumer} and version = ${projection.version}`;
  for (const { fold, source_key } of parked) memories.get(fold)?.parked.add(source_key);
  await readSkipped();

  const load = async (fold: RowFold, keys: readonly string[]): Promise<Map<string, Row>> => {
    const columns = columnsOf(fold.table.columns);
    const { property } = keyColumn(fold.table);
    const rows = await sql.unsafe<Row[]>(loadSql(fold.table, target.tableNamed(fold.table.name)), [keys as string[]], {
      prepare: true,
    });
    return new Map(
      rows.map((loaded) => {
        const row = decodeRow(columns, loaded);
        return [String(row[property]), row];
      }),
    );
  };

  /** The rows that a batch needs, from memory or the table. */
  const rowsFor = async (fold: RowFold, keys: readonly string[]): Promise<Map<string, Row | undefined>> => {
    const { cache } = memoryOf(fold);
    const rows = new Map<string, Row | undefined>();
    const missing: string[] = [];
    for (const key of keys) {
      const cached = cache.get(key);
      if (cached) rows.set(key, cached.row);
      else missing.push(key);
    }
    if (missing.length > 0) for (const [key, row] of await load(fold, missing)) rows.set(key, row);
    return rows;
  };

  const remember = ({ fold, folded }: FoldResult): void => {
    const { cache, parked: parkedKeys } = memoryOf(fold);
    for (const { key, after } of folded.changes) cache.set(key, { row: after });
    for (const { sourceKey } of folded.poison) parkedKeys.add(sourceKey);
  };

  const write = async (results: readonly FoldResult[], page: Pick<Page, 'events' | 'readTo'>): Promise<void> => {
    // On the last event, not on the horizon: so the checkpoints of live table and shadow can be compared.
    const to = page.events.at(-1)?.at ?? checkpoint.stored();
    writeMs = await writeBatch(sql, {
      target,
      lease,
      from: checkpoint.stored(),
      to,
      eventCount: checkpoint.owed() + page.events.length,
      results,
    });
    checkpoint.written(to);
    reached = page.readTo;
    for (const result of results) remember(result);
  };

  const apply: ProjectionWriter['apply'] = async (page) => {
    if (page.events.length === 0) {
      // The horizon alone moves with every transaction, ours too: not worth a write.
      reached = page.readTo;
      return;
    }
    const results = await Promise.all(
      projection.folds.map(async (fold): Promise<FoldResult> => {
        const barred: Barred = memoryOf(fold);
        if (fold.form === 'log') return { fold, folded: foldBatch(fold, page.events, () => undefined, barred) };
        const rows = await rowsFor(fold, keysOfBatch(fold, page.events, barred));
        return { fold, folded: foldBatch(fold, page.events, (key) => rows.get(key), barred) };
      }),
    );
    const last = page.events.at(-1);
    if (!move || !last || !results.every(changesNothing)) return write(results, page);
    checkpoint.pass(last.at, page.events.length);
    reached = page.readTo;
    writeMs = 0;
  };

  const flush: ProjectionWriter['flush'] = async () => {
    if (!(await checkpoint.flush())) throw new LeaseLost(lease, checkpoint.stored());
  };

  const takes = (fold: Fold, event: FedEvent): boolean => {
    if (fold.form === 'log') return true;
    try {
      return fold.key(event) !== null;
    } catch {
      return true;
    }
  };

  const park: ProjectionWriter['park'] = async (page, error) => {
    const results = projection.folds.map((fold): FoldResult => {
      const { parked: already } = memoryOf(fold);
      const poison = page.events
        .filter((event) => takes(fold, event) && !already.has(sourceKeyOf(event)))
        .map((event) => ({ fold: fold.table.name, sourceKey: sourceKeyOf(event), event, error }));
      return { fold, folded: { changes: [], deltas: [], inserts: [], poison } };
    });
    await write(results, page);
  };

  const refoldOne = async (fold: Fold, events: readonly FedEvent[]): Promise<FoldResult> => {
    const { skipped } = memoryOf(fold);
    const barred: Barred = { parked: nothingBarred, skipped };
    const fresh = foldBatch(fold, events, () => undefined, barred);
    if (fold.form === 'log' || fresh.poison.length > 0) return { fold, folded: fresh };
    const keys = keysOfBatch(fold, events, { parked: nothingBarred, skipped: nothingBarred });
    const rows = await load(fold, keys);
    const after = new Map(fresh.changes.map((change) => [change.key, change.after]));
    const changes = keys
      .map((key) => ({ key, before: rows.get(key), after: after.get(key) }))
      .filter((change) => change.before !== undefined || change.after !== undefined);
    return { fold, folded: { changes, deltas: deltasOf(fold, changes), inserts: [], poison: [] } };
  };

  const refold: ProjectionWriter['refold'] = async (sourceKey, refoldIds) => {
    await readSkipped();
    // What was parked has changed nothing until now: folded and not yet passed, it would be folded once more after a crash.
    await flush();
    const events = await readSource(sql, codec, sourceKey, reached);
    const results = await Promise.all(projection.folds.map((fold) => refoldOne(fold, events)));
    const healed = results.filter(({ folded }) => folded.poison.length === 0);
    // What still can't be folded stays as it is, and stays parked, with its newest error.
    const written = results.map((result) =>
      result.folded.poison.length === 0
        ? result
        : { ...result, folded: { ...result.folded, changes: [], deltas: [], inserts: [] } },
    );
    await writeBatch(sql, {
      target,
      lease,
      from: checkpoint.stored(),
      to: checkpoint.stored(),
      eventCount: 0,
      results: written,
      refolded: sourceKey,
      unpark: healed.map(({ fold }) => ({ fold: fold.table.name, sourceKey })),
      refoldsDone: refoldIds,
    });
    for (const result of written) remember(result);
    for (const { fold } of healed) memoryOf(fold).parked.delete(sourceKey);
  };

  return {
    at: () => reached,
    lastWriteMs: () => writeMs,
    apply,
    park,
    refold,
    flush,
    flushDueInMs: checkpoint.dueInMs,
    parkedCount: () => [...memories.values()].reduce((count, { parked: keys }) => count + keys.size, 0),
  };
};
