-- Who may do what. Everything belongs to the role that migrates (waybill_owner); the web processes run as waybill_app,
-- the workers as waybill_worker, audits as waybill_auditor. The supervisor has made these roles, with logins, before
-- this runs; where it hasn't, and the migrating role may, they are made here without a login.

do $roles$
declare
  wanted text;
begin
  foreach wanted in array array['waybill_app', 'waybill_worker', 'waybill_auditor'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin nosuperuser nocreatedb nocreaterole noreplication nobypassrls', wanted);
      exception
        when insufficient_privilege then
          raise exception 'The role % is missing, and % may not create it.', wanted, current_user
            using hint = format('Ask the administrator of this server to run: create role %I login password ''…'';', wanted);
        when duplicate_object or unique_violation then null; -- another database of this cluster was migrated at the same moment
      end;
    end if;
    if exists (select from pg_roles where rolname = wanted and rolsuper) then
      raise exception 'The role % is a superuser: triggers and grants would not bind it.', wanted
        using hint = format('Run: alter role %I nosuperuser;', wanted);
    end if;
  end loop;

  -- The owner speaks for the worker: it sets the default privileges of what the worker makes, and gives it read tables.
  if not pg_has_role(current_user, 'waybill_worker', 'usage') or not pg_has_role(current_user, 'waybill_worker', 'set') then
    begin
      execute format('grant waybill_worker to %I with inherit true, set true', current_user);
    exception when insufficient_privilege then
      raise exception '% must be a member of waybill_worker, so that rebuilt read tables reach the app.', current_user
        using hint = format('Ask the administrator of this server to run: grant waybill_worker to %I;', current_user);
    end;
  end if;
end
$roles$;

create schema if not exists es;      -- the event store: the only truth
create schema if not exists read;    -- read tables, checkpoints, leases
create schema if not exists proc;    -- process state, effects, timers
create schema if not exists shop;    -- catalog, customers, warehouses, discounts
create schema if not exists auth;    -- better-auth
create schema if not exists gateway; -- the simulated payment gateway
create schema if not exists mail;    -- the mailbox

grant usage on schema es, read, proc, shop, auth, gateway, mail to waybill_app, waybill_worker;
grant usage on schema es, read to waybill_auditor;

-- A rebuild makes its shadow tables here, and swaps them with the live ones.
grant create on schema read to waybill_worker;

-- es: each table and function is granted by name where it is made. Nothing by default, for nobody.
alter default privileges in schema es revoke all on tables from public;
alter default privileges revoke execute on functions from public;

-- read: the worker writes, the app and the auditor read; so too for what the worker itself makes.
alter default privileges in schema read grant select, insert, update, delete, truncate on tables to waybill_worker;
alter default privileges in schema read grant usage, select on sequences to waybill_worker;
alter default privileges in schema read grant execute on functions to waybill_worker, waybill_app, waybill_auditor;
alter default privileges in schema read grant select on tables to waybill_app, waybill_auditor;
alter default privileges for role waybill_worker in schema read grant select on tables to waybill_app, waybill_auditor;

-- proc: the worker's own; the app shows it (why an order waits, when a timer falls due).
alter default privileges in schema proc grant select, insert, update, delete, truncate on tables to waybill_worker;
alter default privileges in schema proc grant usage, select on sequences to waybill_worker;
alter default privileges in schema proc grant execute on functions to waybill_worker, waybill_app;
alter default privileges in schema proc grant select on tables to waybill_app;

-- The plain tables: both write.
alter default privileges in schema shop grant select, insert, update, delete on tables to waybill_app, waybill_worker;
alter default privileges in schema shop grant usage, select on sequences to waybill_app, waybill_worker;
alter default privileges in schema shop grant execute on functions to waybill_app, waybill_worker;
alter default privileges in schema gateway grant select, insert, update, delete on tables to waybill_app, waybill_worker;
alter default privileges in schema gateway grant usage, select on sequences to waybill_app, waybill_worker;
alter default privileges in schema gateway grant execute on functions to waybill_app, waybill_worker;
alter default privileges in schema mail grant select, insert, update, delete on tables to waybill_app, waybill_worker;
alter default privileges in schema mail grant usage, select on sequences to waybill_app, waybill_worker;
alter default privileges in schema mail grant execute on functions to waybill_app, waybill_worker;

-- auth: sessions and passwords are the web's alone.
alter default privileges in schema auth grant select, insert, update, delete on tables to waybill_app;
alter default privileges in schema auth grant usage, select on sequences to waybill_app;
alter default privileges in schema auth grant execute on functions to waybill_app;
