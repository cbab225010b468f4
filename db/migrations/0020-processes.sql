-- What process managers remember, and what they have set going (design section 6). All of it is the worker's.

-- One row an order, all processes in it: {name: {v: version, s: state}}. Read and written once a batch.
create table proc.order_states (
  order_key text primary key,
  states json not null,
  updated_at timestamptz not null default clock_timestamp()
) with (fillfactor = 60);

-- Calls to the outside: written with the checkpoint, made by leased executors, gone when their outcome is an event.
create table proc.effects (
  effect_id uuid primary key,
  lane text not null check (lane in ('payment', 'mail')),
  order_key text not null,
  effect jsonb not null,
  correlation_id text not null,
  causation_id uuid not null,
  -- acknowledged: the other side has it, its answer is awaited; gave_up: a person has to look.
  status text not null default 'due' check (status in ('due', 'acknowledged', 'gave_up')),
  attempts int not null default 0,
  -- When it is to be tried or asked about next; a lease pushes it forward.
  due_at timestamptz not null,
  lease_id uuid,
  last_error text,
  requested_at timestamptz not null
) with (fillfactor = 70);
create index effects_due on proc.effects (lane, due_at) where status <> 'gave_up';
create index effects_given_up on proc.effects (requested_at) where status = 'gave_up';
create index effects_by_order on proc.effects (order_key);

create table proc.timers (
  timer_id uuid primary key,
  order_key text not null,
  due_at timestamptz not null,
  -- [{commandId, target, intent}]
  commands jsonb not null,
  correlation_id text not null,
  causation_id uuid not null,
  attempts int not null default 0,
  lease_id uuid,
  last_error text
) with (fillfactor = 70);
create index timers_due on proc.timers (due_at);

-- Refusals that no process hears as an event: each is a race that was lost, or a bug. Nothing is swallowed.
create table proc.rejected_commands (
  command_id uuid primary key,
  order_key text not null,
  command_type text not null,
  rejection jsonb not null,
  causation_id uuid not null,
  rejected_at timestamptz not null default clock_timestamp()
);
create index rejected_commands_by_time on proc.rejected_commands (rejected_at);

-- An order whose reaction threw. Its later events wait behind it; the checkpoint moves on.
create table proc.parked (
  order_key text primary key,
  error text not null,
  since timestamptz not null default clock_timestamp(),
  attempts int not null default 1,
  retry_at timestamptz not null default clock_timestamp() + interval '30 s'
);
create table proc.parked_events (
  order_key text not null references proc.parked on delete cascade,
  incarnation int not null,
  transaction_id bigint not null,
  position bigint not null,
  stream_id text not null,
  version int not null,
  primary key (order_key, incarnation, transaction_id, position)
);

-- One batch's changes in one round trip, fenced by the consumer's lease. False: the lease is somebody else's by now,
-- and nothing was written. Without a position the checkpoint stays (parked events that are tried again).
create function proc.write_batch(
  p_consumer text, p_version int, p_lease_token bigint, p_lease_ms int,
  p_incarnation int, p_transaction_id bigint, p_position bigint, p_event_count int,
  p_changes jsonb -- {states: [{k, s: JSON text}], effects: […], settled: [id], timers: […], canceled: [id], rejected: […],
                  --  parked: [{k, e}], parkedEvents: [{k, i, x, p, s, v}], unparked: [k]}
) returns boolean language plpgsql volatile as $write$
begin
  update read.checkpoints
  set incarnation = coalesce(p_incarnation, incarnation), transaction_id = coalesce(p_transaction_id, transaction_id),
      position = coalesce(p_position, position), events = events + p_event_count,
      moved_at = case when p_position is null then moved_at else clock_timestamp() end,
      lease_expires_at = clock_timestamp() + p_lease_ms * interval '1 ms'
  where consumer = p_consumer and version = p_version and lease_token = p_lease_token;
  if not found then
    return false;
  end if;

  -- In the order of their keys, so that two writers can't wait for each other in a circle.
  insert into proc.order_states (order_key, states)
  select k, s::json from jsonb_to_recordset(p_changes -> 'states') as state (k text, s text) order by k
  on conflict (order_key) do update set states = excluded.states, updated_at = clock_timestamp();

  if jsonb_array_length(p_changes -> 'effects') > 0 then
    insert into proc.effects (effect_id, lane, order_key, effect, correlation_id, causation_id, due_at, requested_at)
    select id, lane, k, effect, correlation, causation, at, at
    from jsonb_to_recordset(p_changes -> 'effects')
      as effect (id uuid, lane text, k text, effect jsonb, correlation text, causation uuid, at timestamptz)
    order by id
    on conflict (effect_id) do nothing;
  end if;
  if jsonb_array_length(p_changes -> 'settled') > 0 then
    delete from proc.effects
    where effect_id = any (array(select id::uuid from jsonb_array_elements_text(p_changes -> 'settled') as id order by id));
  end if;
  if jsonb_array_length(p_changes -> 'timers') > 0 then
    insert into proc.timers (timer_id, order_key, due_at, commands, correlation_id, causation_id)
    select id, k, due, commands, correlation, causation
    from jsonb_to_recordset(p_changes -> 'timers')
      as timer (id uuid, k text, due timestamptz, commands jsonb, correlation text, causation uuid)
    order by id
    on conflict (timer_id) do update
    set due_at = excluded.due_at, commands = excluded.commands, causation_id = excluded.causation_id,
        attempts = 0, lease_id = null, last_error = null;
  end if;
  if jsonb_array_length(p_changes -> 'canceled') > 0 then
    delete from proc.timers
    where timer_id = any (array(select id::uuid from jsonb_array_elements_text(p_changes -> 'canceled') as id order by id));
  end if;
  if jsonb_array_length(p_changes -> 'rejected') > 0 then
    insert into proc.rejected_commands (command_id, order_key, command_type, rejection, causation_id)
    select id, k, type, rejection, causation
    from jsonb_to_recordset(p_changes -> 'rejected')
      as rejected (id uuid, k text, type text, rejection jsonb, causation uuid)
    order by id
    on conflict (command_id) do nothing;
  end if;
  if jsonb_array_length(p_changes -> 'unparked') > 0 then
    delete from proc.parked
    where order_key = any (array(select jsonb_array_elements_text(p_changes -> 'unparked')));
  end if;
  if jsonb_array_length(p_changes -> 'parked') > 0 then
    insert into proc.parked (order_key, error)
    select k, e from jsonb_to_recordset(p_changes -> 'parked') as parked (k text, e text) order by k
    on conflict (order_key) do update
    set error = excluded.error, attempts = parked.attempts + 1,
        retry_at = clock_timestamp() + least(interval '1 h', interval '30 s' * 2 ^ least(parked.attempts, 10));
  end if;
  if jsonb_array_length(p_changes -> 'parkedEvents') > 0 then
    insert into proc.parked_events (order_key, incarnation, transaction_id, position, stream_id, version)
    select k, i, x, p, s, v
    from jsonb_to_recordset(p_changes -> 'parkedEvents')
      as parked (k text, i int, x bigint, p bigint, s text, v int)
    order by k, i, x, p
    on conflict do nothing;
  end if;
  return true;
end
$write$;
