-- The simulated payment gateway: another company's database, as it were. Waybill reaches it through its port alone.

-- What a card will do. The number itself is never stored.
create table gateway.tokens (
  token text primary key,
  behaviour text not null
    check (behaviour in ('approve', 'decline', 'insufficient_funds', 'challenge', 'slow', 'unavailable')),
  brand text not null,
  last4 text not null check (last4 ~ '^\d{4}$'),
  created_at timestamptz not null default clock_timestamp()
);

create table gateway.payments (
  payment_id uuid primary key,
  -- The gateway's own name for it.
  reference text not null unique,
  status text not null check (status in ('requires_action', 'authorized', 'declined', 'voided')),
  currency text not null,
  amount_minor bigint not null,
  captured_minor bigint not null default 0,
  refunded_minor bigint not null default 0,
  challenge_id uuid unique,
  metadata jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  check (refunded_minor <= captured_minor and captured_minor <= amount_minor)
);

-- One row a call, however often it is made; `outcome` is what an inquiry answers.
create table gateway.operations (
  idempotency_key text primary key,
  payment_id uuid not null,
  outcome jsonb not null,
  created_at timestamptz not null default clock_timestamp()
);

-- How often a call with the card that is "unavailable" has failed already.
create table gateway.failed_calls (
  idempotency_key text primary key,
  calls int not null
);

-- Delivered at least once, in no promised order.
create table gateway.webhook_deliveries (
  event_id uuid primary key,
  event jsonb not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  lease_id uuid,
  last_error text
) with (fillfactor = 70);
create index webhook_deliveries_due on gateway.webhook_deliveries (due_at);
