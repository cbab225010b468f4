-- How the projections stand: checkpoints with their leases, parked keys, refolds and rebuilds (docs/runbooks/projections.md).
-- All of it belongs to the worker, which swaps rebuilt tables in: only an owner may rename a table.
set local role waybill_worker;

-- One row a consumer: a projection, its shadow while it is rebuilt, or a process. The lease lives in the same row, so
-- that the statement that moves the checkpoint re-checks the token on the newest version of the row.
create table read.checkpoints (
  consumer text not null,
  version int not null check (version > 0),
  incarnation int not null default 0,
  transaction_id bigint not null default 0,
  position bigint not null default 0,
  -- Business of the screens: when the checkpoint last moved, and how many events it has passed.
  moved_at timestamptz not null default clock_timestamp(),
  events bigint not null default 0,
  -- Rises whenever a lease is taken or rows are changed behind the holder's back (a swap): older tokens can't write.
  lease_token bigint not null default 0,
  lease_holder text,
  lease_expires_at timestamptz,
  primary key (consumer, version)
) with (fillfactor = 40);

-- A key whose fold threw. Its later events wait in the store, behind it.
create table read.parked (
  projection text not null,
  version int not null,
  fold text not null,
  row_key text not null,
  -- The order key, or the inventory stream, whose events make the row.
  source_key text not null,
  event_id uuid not null,
  event_type text not null,
  incarnation int not null,
  transaction_id bigint not null,
  position bigint not null,
  error text not null,
  since timestamptz not null default clock_timestamp(),
  attempts int not null default 1,
  primary key (projection, version, fold, row_key)
);

-- Events that a person decided to leave out of one row, with the reason. Rebuilds honour them.
create table read.skipped (
  projection text not null,
  fold text not null,
  row_key text not null,
  event_id uuid not null,
  reason text not null check (reason <> ''),
  skipped_by text not null,
  skipped_at timestamptz not null default clock_timestamp(),
  primary key (projection, fold, row_key, event_id)
);

-- Rows to be folded again from their events, by whoever holds the projection's lease, between two batches.
create table read.refolds (
  refold_id bigint generated always as identity primary key,
  projection text not null,
  version int not null,
  -- The order key or the inventory stream.
  source_key text not null,
  -- Not before the checkpoint has reached this: events that were read before a key was destroyed have then been folded.
  incarnation int not null default 0,
  transaction_id bigint not null default 0,
  position bigint not null default 0,
  reason text not null,
  requested_at timestamptz not null default clock_timestamp()
);
create index refolds_waiting on read.refolds (projection, version, refold_id);

create table read.rebuilds (
  rebuild_id bigint generated always as identity primary key,
  projections text[] not null check (cardinality(projections) > 0),
  state text not null default 'requested'
    check (state in ('requested', 'scanning', 'catching_up', 'swapping', 'done', 'canceled', 'failed')),
  paused boolean not null default false,
  cancel_requested boolean not null default false,
  requested_by text not null,
  requested_at timestamptz not null default clock_timestamp(),
  holder text,
  heartbeat_at timestamptz,
  started_at timestamptz,
  finished_at timestamptz,
  events_done bigint not null default 0,
  events_total bigint not null default 0,
  events_per_second int not null default 0,
  eta_seconds int,
  -- [{ table, live, rebuilt }], once it has caught up.
  counts jsonb,
  error text
);
create index rebuilds_unfinished on read.rebuilds (rebuild_id) where state not in ('done', 'canceled', 'failed');

-- The screens ask; the worker does.
grant insert, update on read.rebuilds to waybill_app;
grant insert on read.refolds, read.skipped to waybill_app;

reset role;
