import type { Database } from '#db/clients.ts';
import { type AppendAnswer, type AppendCall, metadataOf } from './append-call.ts';

type FirstRow = {
  readonly transaction_id: number;
  readonly incarnation: number;
  readonly position: number;
  readonly recorded_ms: number;
};

/** One event of one command, the first of a stream that is expected to be new: as every order begins. */
export const isFirstOfStream = ({ units, keys, streams, expected, places }: AppendCall): boolean => {
  const [only] = units;
  return (
    units.length === 1 &&
    keys.length === 1 &&
    streams.length === 1 &&
    expected[0] === 0 &&
    places.length === 1 &&
    only?.unit.commands.length === 1 &&
    only.unit.wholeOrder === undefined
  );
};

/**
 * Appends it without a look at the stream: the table's key refuses a second first event, which the caller takes for a
 * conflict that es.append has to explain. For lack of that look it needs no snapshot that is newer than its lock either, so
 * that one plain statement does: PL/pgSQL makes each expression of es.append_one ready anew in every transaction. The lock
 * comes before the first insert, and with it before the transaction's id. Throws as es.append does, and the driver's 23505.
 */
export const appendFirst = async (
  sql: Database,
  call: AppendCall,
  options: { readonly verifiedStart: number; readonly wait: boolean },
): Promise<AppendAnswer> => {
  const [only] = call.units;
  const [command] = only?.unit.commands ?? [];
  const [event] = only?.events[0] ?? [];
  if (!only || !command || !event) throw new TypeError('There is no event to append');
  const { readTo } = only.unit;
  const [row] = await sql<FirstRow[]>`
    with command as (
      insert into es.commands (command_id, incarnation, read_incarnation, read_transaction_id, read_position,
        actor_id, actor_role, body_hmac, outcome)
      select ${command.commandId}::uuid, (select max(incarnation) from es.store_identity), ${readTo.incarnation}::int,
        ${String(readTo.transactionId)}::xid8, ${readTo.position}::bigint, ${command.actor.id}, ${command.actor.role},
        ${command.bodyHmac && Buffer.from(command.bodyHmac)}::bytea, ${JSON.stringify(command.outcome)}::text::jsonb
      from (select hashtextextended(${call.keys[0] ?? ''}, 0) as key, ${options.verifiedStart}::bigint as verified_start) as given
      where case
          when pg_current_xact_id_if_assigned() is not null or current_setting('transaction_isolation') <> 'read committed'
            or extract(epoch from pg_postmaster_start_time()) * 1000000 <> verified_start
          then es.assert_may_append(verified_start) is null -- says which
          when ${options.wait}::boolean then pg_advisory_xact_lock(key) is not null
          else pg_try_advisory_xact_lock(key)
        end
      returning incarnation
    )
    insert into es.events (incarnation, version, event_id, occurred_at, recorded_at, schema_version,
      stream_id, stream_type, order_key, type, origin, data, metadata)
    select incarnation, 1, ${event.eventId}::uuid, ${command.occurredAt}::timestamptz,
      date_trunc('milliseconds', clock_timestamp()), ${event.schemaVersion}::int, ${event.streamId}, ${event.streamType},
      ${event.orderKey}, ${event.type}, ${command.origin}, ${JSON.stringify(event.data)}::text::jsonb,
      ${JSON.stringify(metadataOf(command))}::text::jsonb
    from command
    returning transaction_id::text::bigint as transaction_id, incarnation, position,
      (extract(epoch from recorded_at) * 1000)::bigint as recorded_ms`;
  if (!row) return { u: [3] };
  const { transaction_id, incarnation, position, recorded_ms } = row;
  return { u: [0], x: transaction_id, i: incarnation, b: [0], t: [recorded_ms], p: [position] };
};
