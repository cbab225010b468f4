-- What agents keep for themselves: views of the list, and its columns. Plain tables, the web's alone.
create schema if not exists desk;
grant usage on schema desk to waybill_app;
alter default privileges in schema desk grant select, insert, update, delete on tables to waybill_app;

create table desk.views (
  id uuid primary key,
  owner_id text not null references auth.users (id) on delete cascade,
  name text not null check (length(name) between 1 and 40),
  -- What stands in the search box.
  query text not null check (length(query) <= 400),
  -- The list that it narrows, and its order: '-placed' is the newest first.
  base text not null check (base in ('open', 'holds', 'declined', 'all')),
  sort text not null check (sort ~ '^-?(placed|updated|total|shipby)$'),
  -- Seen by every agent; still its owner's alone to change.
  is_shared boolean not null default false,
  created_at timestamptz not null default now()
);

create unique index views_by_owner on desk.views (owner_id, lower(name));
create index views_shared on desk.views (created_at) where is_shared;

create table desk.preferences (
  user_id text primary key references auth.users (id) on delete cascade,
  -- Ids of columns, in the agent's own order.
  columns text[] not null check (cardinality(columns) between 1 and 20),
  sort text not null check (sort ~ '^-?(placed|updated|total|shipby)$'),
  updated_at timestamptz not null default now()
);
