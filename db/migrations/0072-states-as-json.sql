-- write_batch with the states apart, as documents in a document of type json: they are taken over as they are written.
-- Within p_changes they were strings in jsonb, escaped, parsed, unescaped and parsed again.
create function proc.write_batch(
  p_consumer text, p_version int, p_lease_token bigint, p_lease_ms int,
  p_incarnation int, p_transaction_id bigint, p_position bigint, p_event_count int,
  p_changes jsonb, -- as in 0020, without states
  p_states json    -- [{k, s: states}], an order once
) returns boolean language plpgsql volatile as $write$
begin
  -- It moves the checkpoint first, fenced by the lease.
  if not proc.write_batch(p_consumer, p_version, p_lease_token, p_lease_ms, p_incarnation, p_transaction_id, p_position,
    p_event_count, p_changes) then
    return false;
  end if;
  insert into proc.order_states (order_key, states)
  select k, s from json_to_recordset(p_states) as state (k text, s json) order by k
  on conflict (order_key) do update set states = excluded.states, updated_at = clock_timestamp();
  return true;
end
$write$;
