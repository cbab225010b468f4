-- Append as in 0071; commands and events come as text between ASCII's own separators (db/separated-text.ts): as one jsonb
-- each they were parsed whole, and each document in them put together and taken apart once more.
drop function es.append(bigint, boolean, boolean, int, text[], int[], text[], int[], int[], jsonb, jsonb);
create function es.append(
  p_verified_start bigint,    -- when the postmaster whose identity was verified had started, in µs since 1970
  p_wait boolean,             -- false: units whose keys are busy come back busy, untouched
  p_careful boolean,          -- look for stored commands before writing; needed where a unit has several commands
  p_unit_count int,
  p_keys text[],              -- lock keys of all units …
  p_key_units int[],          -- … and whose they are
  p_streams text[],           -- streams that units check or write …
  p_expected int[],           -- … the version that each must have; -1 for any …
  p_stream_units int[],       -- … and whose they are
  p_commands text,            -- a row a command: unit, id, last event read (incarnation, transaction id, position), actor id,
                              --   role, hmac, outcome, order that was read whole (any event of it after the last event
                              --   read is a conflict); sorted by id, so that rivals for the same ids under other keys
                              --   can't deadlock
  p_events text               -- a row an event: unit, stream, nth of the unit's in it, id, type, stream type, order key,
                              --   schema version, data, metadata, occurred at, origin
) returns text                -- {x: xid, i: incarnation, u: [0 appended | 1 duplicate | 2 conflict | 3 busy],
                              --  b: [version that each stream had], t: [recorded at, in ms: one for all where they
                              --  are the same], p: [position], rising with the events}
-- VOLATILE under READ COMMITTED: each statement takes a new snapshot, so that the check sees what the lock waited for.
language plpgsql volatile as $append$
declare
  v_status int[] := array_fill(0, array[p_unit_count]);
  v_base int[] := '{}';
  v_stamp timestamptz[] := '{}';
  v_now timestamptz;
  v_version int;
  v_recorded timestamptz;
  v_unit int;
  v_incarnation int;
  v_stamps text;
  v_positions text;
begin
  if pg_current_xact_id_if_assigned() is not null or current_setting('transaction_isolation') <> 'read committed'
     or extract(epoch from pg_postmaster_start_time()) * 1000000 <> p_verified_start then
    perform es.assert_may_append(p_verified_start); -- says which
  end if;
  if cardinality(p_keys) > 1000 then
    raise exception 'An append takes at most 1,000 lock keys, not %.', cardinality(p_keys) using errcode = 'WB006';
  end if;

  -- 1. Lock, in one order for all callers, before this transaction has an xid.
  if cardinality(p_keys) = 1 and p_unit_count = 1 then
    if p_wait then
      perform pg_advisory_xact_lock(hashtextextended(p_keys[1], 0));
    elsif not pg_try_advisory_xact_lock(hashtextextended(p_keys[1], 0)) then
      return '{"u":[3]}';
    end if;
  elsif not p_wait and cardinality(p_keys) <= 32 then
    -- The same without the executor. A unit whose key stands in an earlier one waits for another call.
    for nth in 1 .. cardinality(p_keys) loop
      if array_position(p_keys, p_keys[nth]) < nth
         and p_key_units[array_position(p_keys, p_keys[nth])] <> p_key_units[nth] then
        v_status[p_key_units[nth]] := 3;
      elsif not pg_try_advisory_xact_lock(hashtextextended(p_keys[nth], 0)) then
        v_status[p_key_units[nth]] := 3;
      end if;
    end loop;
  else
    with keys as materialized (
      select unit, key, min(unit) over (partition by key) as first_unit
      from (select unit, hashtextextended(text, 0) as key from unnest(p_keys, p_key_units) as given (text, unit)) as hashed
      order by key
    ), taken as materialized (
      select unit,
        case
          when first_unit <> unit then false -- two units of one call share a key: the later waits for another call
          when p_wait then pg_advisory_xact_lock(key) is not null
          else pg_try_advisory_xact_lock(key)
        end as got
      from keys
    ), per_unit as (
      select unit, bool_and(got) as got from taken group by unit
    )
    select array_agg(case when got then 0 else 3 end order by unit) into v_status from per_unit;
    if cardinality(v_status) is distinct from p_unit_count then
      raise exception 'Each unit needs a lock key.';
    end if;
  end if;

  -- 2. What the streams have now.
  v_now := date_trunc('milliseconds', clock_timestamp());
  if cardinality(p_streams) <= 8 then
    -- The same lookup as below; for few streams it costs a third, since the planner would plan that one anew each time.
    for nth in 1 .. cardinality(p_streams) loop
      select version, recorded_at into v_version, v_recorded
      from es.events where stream_id = p_streams[nth] order by version desc limit 1;
      v_base[nth] := coalesce(v_version, 0);
      v_stamp[nth] := greatest(v_now, v_recorded);
    end loop;
  else
    select array_agg(coalesce(last.version, 0) order by stream.ordinality),
           array_agg(greatest(v_now, last.recorded_at) order by stream.ordinality)
    into v_base, v_stamp
    from unnest(p_streams) with ordinality as stream (id, ordinality)
    left join lateral (
      select version, recorded_at from es.events where stream_id = stream.id order by version desc limit 1
    ) as last on true;
  end if;

  if v_base <> p_expected then
    for nth in 1 .. cardinality(p_expected) loop
      if p_expected[nth] >= 0 and p_expected[nth] <> v_base[nth] and v_status[p_stream_units[nth]] = 0 then
        v_status[p_stream_units[nth]] := 2;
      end if;
    end loop;
  end if;

  -- A decision on a whole order must know every stream under its key, those too that were born since it was read.
  for v_unit in
    select whole.u
    from (select f[1]::int as u, f[5]::bigint as rp, unistr(f[10]) as w
      from (select string_to_array(line, E'\x1f', E'\x1d') as f from string_to_table(p_commands, E'\x1e') as line offset 0) as command) as whole
    where whole.w is not null and v_status[whole.u] = 0
      and exists (select from es.events where order_key = whole.w and position > whole.rp)
  loop
    v_status[v_unit] := 2;
  end loop;

  -- A command that was stored before is a duplicate, whatever the versions are now. Nothing of its unit may be written.
  if p_careful or 2 = any (v_status) then
    for v_unit in
      select distinct command.u
      from (select f[1]::int as u, f[2]::uuid as i
        from (select string_to_array(line, E'\x1f', E'\x1d') as f from string_to_table(p_commands, E'\x1e') as line offset 0) as given) as command
      where v_status[command.u] <> 3
        -- One lookup each, never a join: the planner took that for a scan of all commands there are.
        and (select true from es.commands where command_id = command.i limit 1)
    loop
      v_status[v_unit] := 1;
    end loop;
  end if;
  if not 0 = any (v_status) then
    return '{"u":[' || array_to_string(v_status, ',') || '],"b":[' || array_to_string(v_base, ',') || ']}';
  end if;

  v_stamps := (extract(epoch from v_now) * 1000)::bigint::text;
  if v_now < any (v_stamp) then -- some stream's last event is ahead of the clock
    select string_agg((extract(epoch from at) * 1000)::bigint::text, ',' order by nth) into v_stamps
    from unnest(v_stamp) with ordinality as stamp (at, nth);
  end if;

  -- 3. Outcomes.
  select max(incarnation) into v_incarnation from es.store_identity;
  insert into es.commands (command_id, incarnation, read_incarnation, read_transaction_id, read_position,
    actor_id, actor_role, body_hmac, outcome)
  select f[2]::uuid, v_incarnation, f[3]::int, f[4]::xid8, f[5]::bigint, unistr(f[6]), f[7], f[8]::bytea, f[9]::jsonb
  from (select string_to_array(line, E'\x1f', E'\x1d') as f from string_to_table(p_commands, E'\x1e') as line offset 0) as command
  where v_status[f[1]::int] = 0;

  -- 4. Events, in the order given: positions are handed out row by row.
  with placed as (
    insert into es.events (incarnation, version, event_id, occurred_at, recorded_at, schema_version,
      stream_id, stream_type, order_key, type, origin, data, metadata)
    select v_incarnation, v_base[f[2]::int] + f[3]::int, f[4]::uuid, f[11]::timestamptz, v_stamp[f[2]::int], f[8]::int,
      p_streams[f[2]::int], f[6], unistr(f[7]), f[5], f[12], f[9]::jsonb, f[10]::jsonb
    from (select string_to_array(line, E'\x1f', E'\x1d') as f from string_to_table(p_events, E'\x1e') as line offset 0) as event
    where v_status[f[1]::int] = 0
    returning position
  )
  select string_agg(position::text, ',') into v_positions from placed;

  return '{"x":' || pg_current_xact_id()::text || ',"i":' || v_incarnation::text
    || ',"u":[' || array_to_string(v_status, ',') || '],"b":[' || array_to_string(v_base, ',')
    || '],"t":[' || v_stamps || '],"p":[' || coalesce(v_positions, '') || ']}';
end
$append$;

grant execute on function es.append(bigint, boolean, boolean, int, text[], int[], text[], int[], int[], text, text)
  to waybill_app, waybill_worker;
