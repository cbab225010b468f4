-- Append: one round trip, set-based, lock first. Called by server/event-store/append.ts alone, which documents the
-- shapes. Every list is parallel arrays, numbered from 1, or one JSON document, so that each statement below has one
-- cached plan whatever the number of units.
--
-- Error codes: WB001 not the first write of its transaction, WB002 wrong isolation level, WB003 the cluster's identity
-- was not verified since the server started, WB004 append-only, WB005 lost a race for a command id midway (call
-- again), WB006 too many lock keys, WB007 the same command id twice in one call.
create function es.append(
  p_verified_start bigint,    -- when the postmaster whose identity was verified had started, in µs since 1970
  p_wait boolean,             -- false: units whose keys are busy come back busy, untouched
  p_unit_count int,
  p_keys text[],              -- lock keys of all units …
  p_key_units int[],          -- … and whose they are
  p_streams text[],           -- streams that units check or write …
  p_expected int[],           -- … the version that each must have; -1 for any …
  p_stream_units int[],       -- … and whose they are
  p_command_count int,
  p_commands jsonb,           -- [{u: unit, i: id, a: actor id, r: role, h: hmac, o: outcome,
                              --   ri, rx, rp: last event read, s: [stream], n: [nth event of the unit in it]}]
  p_events jsonb              -- [{u, s, n, i: event id, t: type, y: stream type, k: order key, v: schema version,
                              --   d: data, m: metadata, o: occurred at, g: origin}]
) returns text                -- {i: incarnation, x: xid, u: [0 appended | 1 duplicate | 2 conflict | 3 busy],
                              --  b: [version that each stream had], t: [recorded at, in ms], p: [position]}
-- VOLATILE under READ COMMITTED: each statement takes a new snapshot, so that the check sees what the lock waited for.
language plpgsql volatile as $append$
declare
  v_status int[];
  v_base int[];
  v_stamp timestamptz[];
  v_incarnation int;
  v_now timestamptz;
  v_attempted int := p_command_count;
  v_placed int;
  v_positions bigint[];
  v_unit int;
begin
  if pg_current_xact_id_if_assigned() is not null then
    raise exception 'Append must be the first write of its transaction: an xid before the lock would turn events of one stream around under the horizon.'
      using errcode = 'WB001';
  end if;
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'Append needs READ COMMITTED, not %: it must see what its lock waited for.', current_setting('transaction_isolation')
      using errcode = 'WB002';
  end if;
  if extract(epoch from pg_postmaster_start_time()) * 1000000 <> p_verified_start then
    raise exception 'The server has started anew since its identity was verified.' using errcode = 'WB003';
  end if;
  if cardinality(p_keys) > 1000 then
    raise exception 'An append takes at most 1,000 lock keys, not %.', cardinality(p_keys) using errcode = 'WB006';
  end if;

  -- 1. Lock, in one order for all callers, before this transaction has an xid.
  if cardinality(p_keys) = 1 then
    if p_wait then
      perform pg_advisory_xact_lock(hashtextextended(p_keys[1], 0));
    elsif not pg_try_advisory_xact_lock(hashtextextended(p_keys[1], 0)) then
      return '{"u":[3]}';
    end if;
    v_status := array[0];
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
  end if;
  if cardinality(v_status) is distinct from p_unit_count then
    raise exception 'Each unit needs a lock key.';
  end if;

  -- 2. What the streams have now, and in which incarnation we are.
  select coalesce(array_agg(coalesce(last.version, 0) order by stream.ordinality), '{}'),
         array_agg(last.recorded_at order by stream.ordinality),
         (select max(incarnation) from es.store_identity)
  into v_base, v_stamp, v_incarnation
  from unnest(p_streams) with ordinality as stream (id, ordinality)
  left join lateral (
    select version, recorded_at from es.events where stream_id = stream.id order by version desc limit 1
  ) as last on true;

  if v_base is distinct from p_expected then
    for nth in 1 .. cardinality(p_expected) loop
      if p_expected[nth] >= 0 and p_expected[nth] <> v_base[nth] and v_status[p_stream_units[nth]] = 0 then
        v_status[p_stream_units[nth]] := 2;
      end if;
    end loop;
  end if;

  -- A command that was stored before is a duplicate, whatever the versions are now. For a unit of one command the
  -- insert below finds out; else nothing of a unit may be written before it is known.
  if 2 = any (v_status) or p_command_count > p_unit_count then
    for v_unit in
      select distinct command.u from jsonb_to_recordset(p_commands) as command (u int, i uuid)
      where v_status[command.u] <> 3 and exists (select from es.commands where command_id = command.i)
    loop
      v_status[v_unit] := 1;
    end loop;
  end if;
  if not 0 = any (v_status) then
    return format('{"u":%s,"b":%s}', to_json(v_status), to_json(v_base));
  end if;
  if 0 <> any (v_status) then
    select count(*) into v_attempted from jsonb_to_recordset(p_commands) as command (u int) where v_status[command.u] = 0;
  end if;

  -- 3. Outcomes, sorted, since the same id may race under other keys.
  insert into es.commands (command_id, read_incarnation, read_transaction_id, read_position,
    actor_id, actor_role, body_hmac, outcome, event_streams, event_versions)
  select c.i, c.ri, c.rx, c.rp, c.a, c.r, c.h, c.o,
    array(select p_streams[e.s] from unnest(c.s) as e (s)),
    array(select v_base[e.s] + e.n from unnest(c.s, c.n) as e (s, n))
  from jsonb_to_recordset(p_commands)
    as c (u int, i uuid, ri int, rx xid8, rp bigint, a text, r text, h bytea, o jsonb, s int[], n int[])
  where v_status[c.u] = 0
  order by c.i
  on conflict do nothing;
  get diagnostics v_placed = row_count;

  if v_placed <> v_attempted then
    declare
      v_missing int;
      v_of int;
    begin
      for v_unit, v_missing, v_of in
        select c.u, count(*) filter (where k.command_id is null), count(*)
        from jsonb_to_recordset(p_commands) as c (u int, i uuid)
        left join es.commands as k on k.command_id = c.i and k.xmin = pg_current_xact_id()::xid
        where v_status[c.u] = 0
        group by c.u
      loop
        if v_missing = v_of then
          v_status[v_unit] := 1;
          v_attempted := v_attempted - v_of;
        elsif v_missing > 0 then
          raise exception 'Another append took one of the command ids at the same moment.' using errcode = 'WB005';
        end if;
      end loop;
    end;
    if v_placed <> v_attempted then
      raise exception 'The same command id stands twice in one append.' using errcode = 'WB007';
    end if;
  end if;

  -- 4. Events, in the order given: identities are handed out row by row.
  v_now := date_trunc('milliseconds', clock_timestamp());
  for nth in 1 .. cardinality(v_base) loop
    v_stamp[nth] := greatest(v_now, v_stamp[nth]);
  end loop;
  with placed as (
    insert into es.events (incarnation, version, event_id, occurred_at, recorded_at, schema_version,
      stream_id, stream_type, order_key, type, origin, data, metadata)
    select v_incarnation, v_base[e.s] + e.n, e.i, e.o, v_stamp[e.s], e.v,
      p_streams[e.s], e.y, e.k, e.t, e.g, e.d, e.m
    from jsonb_to_recordset(p_events)
      as e (u int, s int, n int, i uuid, t text, y text, k text, v int, d jsonb, m jsonb, o timestamptz, g text)
    where v_status[e.u] = 0
    returning position
  )
  select array_agg(position) into v_positions from placed;

  return format('{"i":%s,"x":%s,"u":%s,"b":%s,"t":%s,"p":%s}', v_incarnation, pg_current_xact_id(),
    to_json(v_status), to_json(v_base),
    to_json(array(select (extract(epoch from at) * 1000)::bigint from unnest(v_stamp) as at)),
    coalesce(to_json(v_positions), '[]'));
end
$append$;

grant execute on function es.append(bigint, boolean, int, text[], int[], text[], int[], int[], int, jsonb, jsonb)
  to waybill_app, waybill_worker;
