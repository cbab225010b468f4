import type { Database } from '#db/clients.ts';
import type { StreamId } from '#domain/shared/ids.ts';

/** A snapshot counts only for the fold and the registry that made it; any other is as good as none. */
export type SnapshotTag = { readonly foldVersion: number; readonly registryVersion: string };

/** A folded state (plain JSON, no personal data in clear) after the stream's `version`th event. */
export type Snapshot<State> = { readonly version: number; readonly state: State };

export const readSnapshot = async <State>(
  sql: Database,
  streamId: StreamId,
  { foldVersion, registryVersion }: SnapshotTag,
): Promise<Snapshot<State> | null> => {
  const [row] = await sql<Snapshot<State>[]>`
    select version, state from es.snapshots
    where stream_id = ${streamId} and fold_version = ${foldVersion} and registry_version = ${registryVersion}`;
  return row ? { version: row.version, state: row.state } : null;
};

/** Keeps the newest: an older one that comes late is dropped. Those of older folds and registries go. */
export const writeSnapshot = async <State>(
  sql: Database,
  streamId: StreamId,
  { foldVersion, registryVersion }: SnapshotTag,
  { version, state }: Snapshot<State>,
): Promise<void> => {
  await sql`
    insert into es.snapshots as kept (stream_id, fold_version, registry_version, version, state)
    values (${streamId}, ${foldVersion}, ${registryVersion}, ${version}, ${JSON.stringify(state)}::text::jsonb)
    on conflict (stream_id, fold_version, registry_version) do update
      set version = excluded.version, state = excluded.state, taken_at = excluded.taken_at
      where kept.version < excluded.version`;
};

/** Snapshots are disposable: this throws all away that other releases left, a bounded number at a time. */
export const pruneSnapshots = async (sql: Database, olderThanDays = 30, limit = 1_000): Promise<number> => {
  const result = await sql`
    delete from es.snapshots where ctid = any (array(
      select ctid from es.snapshots where taken_at < now() - make_interval(days => ${olderThanDays}) limit ${limit}
    ))`;
  return result.count;
};
