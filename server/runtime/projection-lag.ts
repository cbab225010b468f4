import type { Database } from '#db/clients.ts';
import { beginning, type StorePosition } from '#domain/shared/store-position.ts';
import { projections } from '#server/projections/registry.ts';
import { readCheckpoints } from './checkpoints.ts';

/** How far a projection is behind what can be read, as the admin's page and health show it. */
export type ProjectionLag = {
  readonly projection: string;
  readonly version: number;
  readonly at: StorePosition;
  /** Events that it has passed since it was made, or rebuilt. */
  readonly eventsPassed: number;
  /** Readable events that it has not folded; counting stops at `lagEventsMost`. */
  readonly lagEvents: number;
  /** Since when the oldest of these could have been folded, in ms; 0 where there is none. */
  readonly lagMs: number;
  /** Null while no worker drives it. */
  readonly holder: string | null;
  readonly parked: number;
};

export const lagEventsMost = 10_000;

/** The lag of each projection, in the registry's order. A handful of index reads; fit to be polled every second or two. */
export const readProjectionLags = async (sql: Database): Promise<ProjectionLag[]> => {
  const checkpoints = await readCheckpoints(sql);
  const parked = await sql<{ projection: string; version: number; count: number }[]>`
    select projection, version, count(*) as count from read.parked group by projection, version`;
  return Promise.all(
    projections.map(async ({ name, version }) => {
      const checkpoint = checkpoints.find((one) => one.consumer === name && one.version === version);
      const at = checkpoint?.at ?? beginning;
      const [row] = await sql<{ count: number; lag_ms: number | null }[]>`
        select count(*) as count,
          (extract(epoch from clock_timestamp() - min(recorded_at)) * 1000)::float8 as lag_ms
        from (
          select recorded_at from es.events
          where (incarnation, transaction_id, position)
              > (${at.incarnation}::int, ${String(at.transactionId)}::xid8, ${at.position}::bigint)
            and (incarnation, transaction_id)
              < ((select max(incarnation) from es.store_identity), pg_snapshot_xmin(pg_current_snapshot()))
          order by incarnation, transaction_id, position limit ${lagEventsMost}) as ahead`;
      return {
        projection: name,
        version,
        at,
        eventsPassed: checkpoint?.events ?? 0,
        lagEvents: row?.count ?? 0,
        lagMs: Math.max(0, Math.round(row?.lag_ms ?? 0)),
        holder: checkpoint?.holder ?? null,
        parked: parked.find((one) => one.projection === name && one.version === version)?.count ?? 0,
      };
    }),
  );
};
