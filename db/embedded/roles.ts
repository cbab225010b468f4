import postgres, { type Sql } from 'postgres';
import { superuserName } from './cluster.ts';

export const databaseName = 'waybill';
export const roleNames = ['waybill_app', 'waybill_worker', 'waybill_auditor'] as const;
export const ownerRole = 'waybill_owner';

/** The passwords of the database's roles; kept in secrets.json. */
export type RolePasswords = {
  readonly superuser: string;
  readonly owner: string;
  readonly app: string;
  readonly worker: string;
  readonly auditor: string;
};

/** One connection string a role. */
export type RoleUrls = {
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly workerUrl: string;
  readonly auditorUrl: string;
};

export const roleUrls = (port: number, passwords: RolePasswords, database: string = databaseName): RoleUrls => {
  const url = (user: string, password: string) =>
    `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
  return {
    superuserUrl: url(superuserName, passwords.superuser),
    ownerUrl: url(ownerRole, passwords.owner),
    appUrl: url('waybill_app', passwords.app),
    workerUrl: url('waybill_worker', passwords.worker),
    auditorUrl: url('waybill_auditor', passwords.auditor),
  };
};

const ensureLogin = async (sql: Sql, name: string, password: string, attributes: string): Promise<void> => {
  const [existing] = await sql`select 1 from pg_roles where rolname = ${name}`;
  const verb = existing ? 'alter' : 'create';
  // Passwords are generated (base64url), so that quoting is safe; utility statements take no parameters.
  await sql.unsafe(
    `${verb} role ${name} with login nosuperuser ${attributes} password '${password.replaceAll("'", "''")}'`,
  );
};

/** Makes the roles, or sets their passwords anew. Needs a superuser; safe to repeat. */
export const ensureRoles = async (sql: Sql, passwords: RolePasswords): Promise<void> => {
  await ensureLogin(sql, ownerRole, passwords.owner, 'createrole nocreatedb');
  await ensureLogin(sql, 'waybill_app', passwords.app, 'nocreaterole nocreatedb');
  await ensureLogin(sql, 'waybill_worker', passwords.worker, 'nocreaterole nocreatedb');
  await ensureLogin(sql, 'waybill_auditor', passwords.auditor, 'nocreaterole nocreatedb');
  // The owner gives read tables to the worker, which swaps rebuilt ones in, and sets the grants of what the worker makes.
  await sql.unsafe(`grant waybill_worker to ${ownerRole}`);
  // To name who holds the horizon back, one must see other sessions.
  await sql.unsafe(`grant pg_monitor to ${ownerRole}, waybill_app, waybill_worker`);
};

/** Makes one database that belongs to the owner, with the extensions. Needs a superuser; safe to repeat. */
export const ensureDatabase = async (superuserUrl: string, database: string): Promise<void> => {
  const admin = new URL(superuserUrl);
  admin.pathname = '/postgres';
  const sql = postgres(admin.href, { max: 1, onnotice: () => undefined });
  try {
    const [existing] = await sql`select 1 from pg_database where datname = ${database}`;
    if (!existing) await sql.unsafe(`create database ${database} owner ${ownerRole}`);
  } finally {
    await sql.end({ timeout: 2 });
  }
  const target = new URL(superuserUrl);
  target.pathname = `/${database}`;
  const inside = postgres(target.href, { max: 1, onnotice: () => undefined });
  try {
    await inside.unsafe(`
      revoke connect, temporary on database ${database} from public;
      grant connect on database ${database} to ${ownerRole}, ${roleNames.join(', ')};
      alter schema public owner to ${ownerRole};
      create extension if not exists pg_trgm;
      create extension if not exists pgcrypto;
      create extension if not exists unaccent;
    `);
  } finally {
    await inside.end({ timeout: 2 });
  }
};
