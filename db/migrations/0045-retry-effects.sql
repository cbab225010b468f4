-- What a person on the System screen may do to what belongs to the worker: ask for another try. Nothing else of proc is
-- the app's to write.

-- A given-up effect becomes due again, with its attempts counted anew. False when it is not given up (any more).
create function proc.retry_effect(p_effect_id uuid) returns boolean
language sql volatile security definer set search_path = pg_catalog as $$
  with retried as (
    update proc.effects set status = 'due', attempts = 0, due_at = clock_timestamp(), lease_id = null
    where effect_id = p_effect_id and status = 'gave_up' returning 1
  )
  select exists (select from retried);
$$;

-- An order whose reaction threw is tried at once, instead of when its backoff ends. False when it is not parked.
create function proc.retry_parked(p_order_key text) returns boolean
language sql volatile security definer set search_path = pg_catalog as $$
  with retried as (
    update proc.parked set retry_at = clock_timestamp() where order_key = p_order_key returning 1
  )
  select exists (select from retried);
$$;

revoke execute on function proc.retry_effect(uuid), proc.retry_parked(text) from public;
grant execute on function proc.retry_effect(uuid), proc.retry_parked(text) to waybill_app, waybill_worker;
