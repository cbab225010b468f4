-- better-auth's tables, and ours beside them. Personal data here are plain CRUD: rows are deleted, not erased.

create table auth.users (
  id text primary key check (length(id) between 1 and 80),
  name text not null,
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  role text not null default 'customer' check (role in ('customer', 'support', 'warehouse', 'admin', 'auditor'))
);

create table auth.sessions (
  id text primary key,
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ip_address text,
  user_agent text,
  user_id text not null references auth.users (id) on delete cascade
);

create index sessions_by_user on auth.sessions (user_id);

create table auth.accounts (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references auth.users (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  -- scrypt.
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index accounts_by_user on auth.accounts (user_id);

create table auth.verifications (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index verifications_by_identifier on auth.verifications (identifier);

-- Sign-in attempts by whom and from where, hashed: the limit holds over all web processes.
create table auth.attempts (
  key text primary key,
  window_began_at timestamptz not null,
  count int not null
);
