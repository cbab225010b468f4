-- How far an import of a legacy system's orders has come, so that one that was killed goes on where it was. Only a
-- short cut: what was appended twice is refused by its command ids, whatever stands here.
create schema import;
grant usage on schema import to waybill_app, waybill_worker;

create table import.progress (
  -- SHA-256 over all files of the source, in hex: other files are another import.
  source text primary key check (source ~ '^[0-9a-f]{64}$'),
  system text not null,
  -- The first so many rows of its orders are in the store, whole.
  orders_done int not null check (orders_done >= 0),
  started_at timestamptz not null default clock_timestamp(),
  moved_at timestamptz not null default clock_timestamp(),
  -- When its validation last passed.
  validated_at timestamptz
);

grant select, insert, update on import.progress to waybill_app, waybill_worker;
