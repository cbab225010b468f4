import type { Database } from '#db/clients.ts';

/**
 * Copies the orders of a test store under new ids until it holds that many events: the database does it, in
 * transactions of a few thousand rows. Streams of stock are left alone.
 */
export const multiplyOrders = async (sql: Database, eventsWanted: number): Promise<void> => {
  // Every id in an order's events (of the order, its payments, fulfillments, lines) is a uuid: one substitution moves
  // them all, since a copy differs from its original in the first eight digits alone.
  await sql`
    create temp table pattern as
    select row_number() over (order by position) as nth, version, occurred_at, schema_version, stream_id, stream_type,
      order_key, type, data::text as data, metadata
    from es.events where order_key is not null`;
  const [{ count: size } = { count: 0 }] = await sql<{ count: number }[]>`select count(*) as count from pattern`;
  const copies = Math.ceil(eventsWanted / size) - 1;
  for (let copy = 1; copy <= copies; copy += 1) {
    const mark = copy.toString(16).padStart(4, '0');
    // uuids look like xxxxxxxx-xxxx-8xxx-axxx-…: the second group takes the number of the copy.
    const moved = (column: string) =>
      `regexp_replace(${column}, '([0-9a-f]{8})-[0-9a-f]{4}-(8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12})', '\\1-${mark}-\\2', 'g')`;
    await sql.unsafe(`
      insert into es.events (incarnation, version, event_id, occurred_at, recorded_at, schema_version, stream_id,
        stream_type, order_key, type, origin, data, metadata)
      select 1, version, gen_random_uuid(), occurred_at, clock_timestamp(), schema_version, ${moved('stream_id')},
        stream_type, ${moved('order_key')}, type, 'live', ${moved('data')}::jsonb, metadata
      from pattern order by nth`);
  }
  await sql`drop table pattern`;
  await sql`analyze es.events`;
};
