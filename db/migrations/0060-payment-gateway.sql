-- How workers stand to the payment gateway: one row a worker whose circuit is not closed. A worker that is gone leaves
-- its row behind; rows that are no longer renewed count for nothing.
create table proc.gateway_breakers (
  holder text primary key,
  state text not null check (state in ('open', 'half-open')),
  since timestamptz not null,
  retry_at timestamptz,
  reason text,
  renewed_at timestamptz not null default clock_timestamp()
);

-- A given-up effect becomes due again. Its attempts count as one and not as none: the first attempt alone is made
-- without asking the gateway before, and this one is not the first; by now the gateway may have forgotten its key.
create or replace function proc.retry_effect(p_effect_id uuid) returns boolean
language sql volatile security definer set search_path = pg_catalog as $$
  with retried as (
    update proc.effects set status = 'due', attempts = 1, due_at = clock_timestamp(), lease_id = null
    where effect_id = p_effect_id and status = 'gave_up' returning 1
  )
  select exists (select from retried);
$$;
