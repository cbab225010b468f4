import type { Database } from '#db/clients.ts';

/** A reader of the store and how far it is. */
export type Consumer = {
  /** A projection, its shadow (`… (rebuild)`), or `processes`. */
  readonly name: string;
  readonly version: number;
  /** The last event that it has passed; 0 where it has passed none. */
  readonly position: number;
  /** Events that it has not passed yet; counting ends at `lagEventsMost`. */
  readonly lagEvents: number;
  /** How old the first of them is, in ms; 0 when there are none. */
  readonly lagMs: number;
  /** ISO 8601. */
  readonly movedAt: string;
  /** Who drives it; null while nobody does. */
  readonly holder: string | null;
};

export type StoreHead = {
  readonly incarnation: number;
  /** ISO 8601. */
  readonly incarnationSince: string;
  /** Position of the last event; 0 in an empty store. */
  readonly position: number;
  /** When it was recorded, ISO 8601. */
  readonly recordedAt: string | null;
};

export const lagEventsMost = 10_000;

type ConsumerRow = Omit<Consumer, 'movedAt'> & { readonly movedAt: Date };

/** All readers, by name. What they lag behind is counted in the store's order, and only so far. */
export const readConsumers = async ({ sql }: { readonly sql: Database }): Promise<Consumer[]> => {
  const rows = await sql<ConsumerRow[]>`
    select checkpoint.consumer as name, checkpoint.version, coalesce(passed.position, 0) as position,
      lag.events as "lagEvents", lag.ms as "lagMs", checkpoint.moved_at as "movedAt",
      case when checkpoint.lease_expires_at > clock_timestamp() then checkpoint.lease_holder end as holder
    from read.checkpoints checkpoint
    left join lateral (
      select event.position from es.events event
      where (event.incarnation, event.transaction_id, event.position)
         <= (checkpoint.incarnation, checkpoint.transaction_id::text::xid8, checkpoint.position)
      order by event.incarnation desc, event.transaction_id desc, event.position desc limit 1
    ) as passed on true
    cross join lateral (
      select count(*)::int as events,
        coalesce(extract(epoch from clock_timestamp() - min(ahead.recorded_at)) * 1000, 0)::float8 as ms
      from (
        select event.recorded_at from es.events event
        where (event.incarnation, event.transaction_id, event.position)
            > (checkpoint.incarnation, checkpoint.transaction_id::text::xid8, checkpoint.position)
        order by event.incarnation, event.transaction_id, event.position limit ${lagEventsMost}
      ) as ahead
    ) as lag
    order by checkpoint.consumer, checkpoint.version`;
  return rows.map((row) => ({ ...row, lagMs: Math.max(0, row.lagMs), movedAt: row.movedAt.toISOString() }));
};

type HeadRow = {
  readonly incarnation: number;
  readonly began_at: Date;
  readonly position: number | null;
  readonly recorded_at: Date | null;
};

export const readStoreHead = async ({ sql }: { readonly sql: Database }): Promise<StoreHead> => {
  const [row] = await sql<HeadRow[]>`
    select identity.incarnation, identity.began_at, last.position, last.recorded_at
    from (select incarnation, began_at from es.store_identity order by incarnation desc limit 1) as identity
    left join lateral (
      select event.position, event.recorded_at from es.events event
      order by event.incarnation desc, event.transaction_id desc, event.position desc limit 1
    ) as last on true`;
  if (!row) throw new Error('The store has no identity');
  return {
    incarnation: row.incarnation,
    incarnationSince: row.began_at.toISOString(),
    position: row.position ?? 0,
    recordedAt: row.recorded_at?.toISOString() ?? null,
  };
};
