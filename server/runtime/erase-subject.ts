import type { Database } from '#db/clients.ts';
import { comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import { head } from '#server/event-store/read-all.ts';
import type { SubjectKeys } from '#server/event-store/subject-keys.ts';
import { tableName } from '#server/projections/define-projection.ts';
import { orderStatus } from '#server/projections/order-status.ts';
import { projections } from '#server/projections/registry.ts';
import { readCheckpoints } from './checkpoints.ts';

export type Erasure = {
  /** Keys destroyed: 0 when the person was erased before, or never known. */
  readonly keysDestroyed: number;
  /** The orders whose rows were folded again. */
  readonly orderKeys: readonly string[];
  /** False when the worker has not folded everything again within the bound; it will. */
  readonly isComplete: boolean;
};

export type EraseOptions = {
  readonly sql: Database;
  readonly keys: SubjectKeys;
  /** How long other processes may still use the key from memory, in ms; that of `createSubjectKeys`. Default 2,000. */
  readonly keyCacheMs?: number;
  /** The longest to wait for the worker, in ms. Default 30,000. */
  readonly boundMs?: number;
};

const pauseMs = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const until = async (holds: () => Promise<boolean>, deadline: number): Promise<boolean> => {
  while (!(await holds())) {
    if (performance.now() > deadline) return false;
    await pauseMs(50);
  }
  return true;
};

/**
 * Erases a person: destroys the key, then has every row that shows something of them folded again, so that it says
 * `Erased`. Needs a worker at work. Safe to repeat; repeat it when it comes back incomplete.
 */
export const eraseSubject = async (subjectId: string, options: EraseOptions): Promise<Erasure> => {
  const { sql, keys, keyCacheMs = 2_000, boundMs = 30_000 } = options;
  const deadline = performance.now() + boundMs + keyCacheMs;
  const keysDestroyed = await keys.destroy(subjectId);
  // Until then another process may encrypt, or decrypt, with the key in its memory.
  await pauseMs(keyCacheMs + 50);
  const at: StorePosition = await head(sql);
  const table = tableName(orderStatus, { name: 'order_status' });

  // All orders that the person had by now are known once the read side has come as far.
  const [last] = await sql<{ i: number; x: string; p: number }[]>`
    select incarnation as i, transaction_id::text as x, position as p from es.events
    where (incarnation, transaction_id, position)
      <= (${at.incarnation}::int, ${String(at.transactionId)}::xid8, ${at.position}::bigint)
    order by incarnation desc, transaction_id desc, position desc limit 1`;
  const goal = last && { incarnation: last.i, transactionId: Number(last.x), position: last.p };
  const upTo = goal ?? at;
  const known = await until(async () => {
    const checkpoint = (await readCheckpoints(sql)).find(
      ({ consumer, version }) => consumer === orderStatus.name && version === orderStatus.version,
    );
    return !goal || (checkpoint !== undefined && comparePositions(checkpoint.at, goal) >= 0);
  }, deadline);
  const orders = await sql<{ order_key: string }[]>`
    select order_key from ${sql.unsafe(table)} where subject_id = ${subjectId}`;
  // A parked order has no row, or one without its newest events.
  const parked = await sql<{ order_key: string }[]>`
    select distinct event.order_key from read.parked
    join es.events as event on event.order_key = parked.source_key
    where event.data ->> 'subjectId' = ${subjectId}`;
  const orderKeys = [...new Set([...orders, ...parked].map(({ order_key }) => order_key))];

  const consumers = projections.filter(({ folds }) => folds.some((fold) => fold.table.personal.length > 0));
  // Shadows too: a rebuild may have read the person's data before the key was destroyed.
  const targets = (await readCheckpoints(sql)).filter(({ consumer, version }) =>
    consumers.some(
      (projection) =>
        version === projection.version && (consumer === projection.name || consumer.startsWith(`${projection.name} (`)),
    ),
  );
  const requests = targets.flatMap(({ consumer, version }) =>
    orderKeys.map((sourceKey) => ({ consumer, version, sourceKey })),
  );
  const ids = await sql<{ refold_id: number }[]>`
    insert into read.refolds (projection, version, source_key, incarnation, transaction_id, position, reason)
    select consumer, version, "sourceKey", ${upTo.incarnation}, ${upTo.transactionId}, 0, 'erasure'
    from jsonb_to_recordset(${JSON.stringify(requests)}::text::jsonb) as request (consumer text, version int, "sourceKey" text)
    returning refold_id`;
  const refoldIds = ids.map(({ refold_id }) => refold_id);
  const done = await until(async () => {
    const [left] = await sql<{ count: number }[]>`
      select count(*) as count from read.refolds where refold_id = any (${refoldIds}::bigint[])`;
    return left?.count === 0;
  }, deadline);
  return { keysDestroyed, orderKeys, isComplete: known && done };
};
