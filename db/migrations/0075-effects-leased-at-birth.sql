-- write_batch with states and effects as separated text (db/separated-text.ts): taken apart once, where documents within
-- a document were read three times. Effects may be born leased: the worker that asks for them begins them as soon as
-- they are written, without a statement of its own that leases each and reads it back.
create function proc.write_batch(
  p_consumer text, p_version int, p_lease_token bigint, p_lease_ms int,
  p_incarnation int, p_transaction_id bigint, p_position bigint, p_event_count int,
  p_changes jsonb, -- as in 0020, without states and effects
  p_states text,   -- rows of order key, states: an order once
  p_effects text   -- rows of id, lane, order key, effect, correlation id, causation id, requested at, lease id, due at;
                   -- without a lease id they are due at once
) returns uuid[] language plpgsql volatile as $write$ -- the effects that had been written before; null: the lease is lost
declare
  v_standing uuid[];
begin
  -- It moves the checkpoint first, fenced by the lease.
  if not proc.write_batch(p_consumer, p_version, p_lease_token, p_lease_ms, p_incarnation, p_transaction_id, p_position,
    p_event_count, p_changes) then
    return null;
  end if;
  -- In the order of their keys, so that two writers can't wait for each other in a circle.
  insert into proc.order_states (order_key, states)
  select unistr(f[1]), f[2]::json
  from (select string_to_array(line, E'\x1f', E'\x1d') as f from string_to_table(p_states, E'\x1e') as line offset 0) as state
  order by 1
  on conflict (order_key) do update set states = excluded.states, updated_at = clock_timestamp();
  if p_effects <> '' then
    with given as materialized (
      select f[1]::uuid as id, f
      from (select string_to_array(line, E'\x1f', E'\x1d') as f from string_to_table(p_effects, E'\x1e') as line offset 0) as effect
    ), made as (
      insert into proc.effects (effect_id, lane, order_key, effect, correlation_id, causation_id, requested_at, lease_id,
        due_at, attempts)
      select id, f[2], unistr(f[3]), f[4]::jsonb, unistr(f[5]), f[6]::uuid, f[7]::timestamptz, f[8]::uuid,
        coalesce(f[9], f[7])::timestamptz, case when f[8] is null then 0 else 1 end
      from given order by id
      on conflict (effect_id) do nothing
      returning effect_id
    )
    select array_agg(id) into v_standing from given where not exists (select from made where made.effect_id = given.id);
  end if;
  return coalesce(v_standing, '{}');
end
$write$;

drop function proc.write_batch(text, int, bigint, int, int, bigint, bigint, int, jsonb, json);
