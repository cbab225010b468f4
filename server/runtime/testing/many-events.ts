import type { Database } from '#db/clients.ts';

/**
 * Copies the orders of a test store under new ids until it holds that many events: the database does it, in
 * transactions of a few thousand rows. Streams of stock are left alone.
 */
export const multiplyOrders = async (sql: Database, eventsWanted: number): Promise<void> => {
  // Every id in an order's events (of the order, its payments, fulfillments, lines) is a uuid that `idOf` made, such as
  // xxxxxxxx-xxxx-8xxx-axxx-…: the second group takes the number of the copy, and 7 instead of 8 tells copies apart.
  const marked = (column: string) =>
    `regexp_replace(${column}, '([0-9a-f]{8})-[0-9a-f]{4}-8([0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12})', '\\1-@@@@-7\\2', 'g')`;
  await sql.unsafe(`
    create temp table pattern as
    select row_number() over (order by position) as nth, version, occurred_at, schema_version, stream_type, type, metadata,
      ${marked('stream_id')} as stream_id, ${marked('order_key')} as order_key, ${marked('data::text')} as data
    from es.events where order_key is not null`);
  const [{ count: size } = { count: 0 }] = await sql<{ count: number }[]>`select count(*) as count from pattern`;
  const copies = Math.ceil(eventsWanted / size) - 1;
  for (let copy = 1; copy <= copies; copy += 1) {
    const mark = copy.toString(16).padStart(4, '0');
    await sql`
      insert into es.events (incarnation, version, event_id, occurred_at, recorded_at, schema_version, stream_id,
        stream_type, order_key, type, origin, data, metadata)
      select 1, version, gen_random_uuid(), occurred_at, clock_timestamp(), schema_version,
        replace(stream_id, '@@@@', ${mark}), stream_type, replace(order_key, '@@@@', ${mark}), type, 'live',
        replace(data, '@@@@', ${mark})::jsonb, metadata
      from pattern order by nth`;
  }
  await sql`drop table pattern`;
  await sql`analyze es.events`;
};
