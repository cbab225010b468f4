-- The event store (docs: ARCHITECTURE.md, design section 3).

-- The cluster that this database was last seen on. A restore, a point-in-time recovery and a failover change one of
-- the two; `npm run db:rebase` then begins a new incarnation.
create table es.store_identity (
  incarnation int primary key check (incarnation > 0),
  system_identifier bigint not null,
  timeline_id int not null,
  began_at timestamptz not null default clock_timestamp()
);

insert into es.store_identity (incarnation, system_identifier, timeline_id)
select 1, system.system_identifier, checkpoint.timeline_id
from pg_control_system() as system, pg_control_checkpoint() as checkpoint;

create table es.events (
  -- The order of events is (incarnation, transaction_id, position); never compare by position alone.
  position bigint generated always as identity,
  transaction_id xid8 not null default pg_current_xact_id(),
  incarnation int not null,
  version int not null check (version > 0),
  event_id uuid not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null,
  schema_version int not null check (schema_version > 0),
  stream_id text not null check (octet_length(stream_id) <= 200),
  stream_type text not null check (stream_type in ('order', 'payment', 'fulfillment', 'inventory')),
  order_key text check ((order_key is null) = (stream_type = 'inventory')),
  type text not null,
  origin text not null check (origin in ('live', 'import', 'legacy')),
  data jsonb not null,
  metadata jsonb not null,
  primary key (stream_id, version)
);

create index events_in_order on es.events (incarnation, transaction_id, position);
-- By key and position: whether anything came under an order's key since it was read is one probe.
create index events_by_order on es.events (order_key, position) where order_key is not null;

create function es.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'Events are append-only: % is refused.', tg_op using errcode = 'WB004', table = tg_table_name;
end
$$;

create trigger events_are_append_only before update or delete or truncate on es.events
  for each statement execute function es.refuse_change();
-- Even where session_replication_role is replica.
alter table es.events enable always trigger events_are_append_only;

-- The first outcome of every command, written with its events.
create table es.commands (
  command_id uuid primary key,
  recorded_at timestamptz not null default clock_timestamp(),
  -- The last event that the decision read: the token of a no-op and of a rejection.
  read_transaction_id xid8 not null,
  read_position bigint not null,
  read_incarnation int not null,
  -- The transaction of its events, which carry its id: (incarnation, transaction_id) leads to them.
  incarnation int not null,
  transaction_id xid8 not null default pg_current_xact_id(),
  actor_id text not null,
  actor_role text not null,
  -- HMAC-SHA-256 of the client's body; null for processes and imports, whose ids are kept for ever.
  body_hmac bytea,
  outcome jsonb not null
);

-- For pruning after 90 days; a BRIN, since rows come in the order of time and a b-tree would cost every append.
create index commands_by_age on es.commands using brin (recorded_at) with (autosummarize = on);

-- Disposable. Rolling deploys of two versions each keep their own.
create table es.snapshots (
  stream_id text not null,
  fold_version int not null,
  registry_version text not null,
  version int not null check (version > 0),
  state jsonb not null,
  taken_at timestamptz not null default clock_timestamp(),
  primary key (stream_id, fold_version, registry_version)
);

-- One living key a subject, wrapped by the master key. Destroying it erases the person.
create table es.subject_keys (
  key_id uuid primary key,
  subject_id text not null,
  wrapped_key bytea,
  created_at timestamptz not null default clock_timestamp(),
  destroyed_at timestamptz,
  check ((wrapped_key is null) = (destroyed_at is not null))
);

create unique index subject_keys_living on es.subject_keys (subject_id) where destroyed_at is null;

create function es.refuse_revival() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or old.destroyed_at is not null
     or (new.key_id, new.subject_id, new.created_at) is distinct from (old.key_id, old.subject_id, old.created_at)
     or new.wrapped_key is not null then
    raise exception 'A subject key can only be destroyed.' using errcode = 'WB004';
  end if;
  return new;
end
$$;

create trigger subject_keys_are_only_destroyed before update on es.subject_keys
  for each row execute function es.refuse_revival();

-- Order numbers (WB-48213): nextval takes a block of 50 for one process (server/event-store/order-numbers.ts).
create sequence es.order_numbers as bigint start 48213 increment 50;

grant select, insert on es.events, es.commands to waybill_app, waybill_worker;
grant delete on es.commands to waybill_worker;
grant select, insert, update, delete on es.snapshots to waybill_app, waybill_worker;
grant select on es.store_identity to waybill_app, waybill_worker;
grant select, insert, update (wrapped_key, destroyed_at) on es.subject_keys to waybill_app, waybill_worker;
grant usage on sequence es.order_numbers to waybill_app, waybill_worker;

grant select on es.events, es.commands, es.snapshots, es.store_identity to waybill_auditor;
grant select (key_id, subject_id, created_at, destroyed_at) on es.subject_keys to waybill_auditor;
