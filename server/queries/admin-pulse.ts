import type { Database } from '#db/clients.ts';

export type Pulse = {
  /** How far the slowest projection or process is behind, in ms. */
  readonly lagMs: number;
  /** Parked keys and given-up effects. */
  readonly forAPerson: number;
};

type Row = { readonly lag_ms: number; readonly for_a_person: number };

/** A few index lookups: asked for every two seconds by every open admin page. */
export const readPulse = async ({ sql }: { readonly sql: Database }): Promise<Pulse> => {
  const [row] = await sql<Row[]>`
    select coalesce(max(extract(epoch from clock_timestamp() - ahead.recorded_at)) * 1000, 0)::float8 as lag_ms,
      ((select count(*) from read.parked where projection not like '% (rebuild)') + (select count(*) from proc.parked)
        + (select count(*) from proc.effects where status = 'gave_up'))::int as for_a_person
    from read.checkpoints checkpoint
    left join lateral (
      select event.recorded_at from es.events event
      where (event.incarnation, event.transaction_id, event.position)
          > (checkpoint.incarnation, checkpoint.transaction_id::text::xid8, checkpoint.position)
      order by event.incarnation, event.transaction_id, event.position limit 1
    ) as ahead on true
    where checkpoint.consumer not like '% (rebuild)'`;
  return { lagMs: Math.max(0, row?.lag_ms ?? 0), forAPerson: row?.for_a_person ?? 0 };
};
