import postgres, { type Sql } from 'postgres';
import { startEmbeddedServer } from '#db/embedded/embedded-server.ts';
import { type RolePasswords, roleNames } from '#db/embedded/roles.ts';
import { driverAddress, openSocketFolder, overSocket } from '#db/socket-address.ts';
import { PlainError } from './data-folder.ts';

/** The database that this start uses: the embedded one, or the one that DATABASE_URL names. */
export type OpenDatabase = {
  readonly urls: { readonly owner: string; readonly app: string; readonly worker: string };
  /** The folder of an embedded database; null for a given one, whose disk we don't see. */
  readonly folder: string | null;
  /** For people: where the data is. */
  readonly whereabouts: string;
  readonly stop: () => Promise<void>;
};

const withoutPassword = (url: string): string => {
  const parsed = new URL(url);
  parsed.password = '';
  return parsed.href;
};

const withClient = async <T>(url: string, use: (sql: Sql) => Promise<T>): Promise<T> => {
  const address = driverAddress(url);
  const sql = postgres(address.url, {
    ...address.options,
    max: 1,
    connect_timeout: 10,
    onnotice: () => undefined,
  });
  try {
    return await use(sql);
  } finally {
    await sql.end({ timeout: 2 });
  }
};

const withUser = (url: string, user: string, password: string): string => {
  const parsed = new URL(url);
  parsed.username = user;
  parsed.password = encodeURIComponent(password);
  return parsed.href;
};

const byHand = `Either let DATABASE_URL's role create roles (ALTER ROLE … CREATEROLE), or have an administrator run
    ${roleNames.map((name) => `CREATE ROLE ${name} LOGIN PASSWORD '…';`).join('\n    ')}
    GRANT pg_monitor TO waybill_app, waybill_worker;
    GRANT waybill_worker TO <the role of DATABASE_URL>;
  and set APP_DATABASE_URL to log in as waybill_app (and WORKER_DATABASE_URL as waybill_worker, if you like).`;

const describeConnection = (name: string, url: string, error: unknown): PlainError =>
  new PlainError(`${name} (${withoutPassword(url)}) can’t be used: ${(error as Error).message || String(error)}`);

const checkServer = async (ownerUrl: string): Promise<{ mayCreateRoles: boolean; missing: string[] }> => {
  try {
    return await withClient(ownerUrl, async (sql) => {
      const [server] = await sql<{ version: number; mayCreateRoles: boolean }[]>`
        select current_setting('server_version_num')::int as version, rolsuper or rolcreaterole as "mayCreateRoles"
        from pg_roles where rolname = current_user`;
      if (!server || server.version < 170_000) throw new Error('PostgreSQL 17 or newer is needed');
      const existing = await sql<
        { rolname: string }[]
      >`select rolname from pg_roles where rolname in ${sql(roleNames)}`;
      const names = new Set(existing.map(({ rolname }) => rolname));
      return { mayCreateRoles: server.mayCreateRoles, missing: roleNames.filter((name) => !names.has(name)) };
    });
  } catch (error) {
    throw describeConnection('DATABASE_URL', ownerUrl, error);
  }
};

const createRoles = (ownerUrl: string, missing: readonly string[], passwords: RolePasswords): Promise<void> =>
  withClient(ownerUrl, async (sql) => {
    const passwordOf: Record<string, string> = {
      waybill_app: passwords.app,
      waybill_worker: passwords.worker,
      waybill_auditor: passwords.auditor,
    };
    for (const name of missing) {
      await sql.unsafe(
        `create role ${name} with login nosuperuser nocreaterole nocreatedb password '${passwordOf[name]}'`,
      );
      // Not every owner may pass this on; without it, the horizon's blockers are counted but not named.
      await sql.unsafe(`grant pg_monitor to ${name}`).catch(() => undefined);
    }
  });

const checkLogin = async (name: string, url: string, hint: string): Promise<void> => {
  const isSuperuser = await withClient(url, async (sql) => {
    const [row] = await sql<{ rolsuper: boolean }[]>`select rolsuper from pg_roles where rolname = current_user`;
    return row?.rolsuper ?? false;
  }).catch((error: unknown) => {
    const problem = describeConnection(name, url, error);
    throw new PlainError(`${problem.message}\n  ${hint}`);
  });
  if (isSuperuser) {
    throw new PlainError(
      `${name} logs in as a superuser, whom no append-only rule binds. Use waybill_app (or a role without that right).`,
    );
  }
};

const openGiven = async (
  ownerUrl: string,
  source: NodeJS.ProcessEnv,
  passwords: RolePasswords,
): Promise<OpenDatabase> => {
  const { mayCreateRoles, missing } = await checkServer(ownerUrl);
  if (missing.length > 0) {
    if (!mayCreateRoles) {
      throw new PlainError(
        `The server of DATABASE_URL has no role ${missing.join(', ')}, and its role may not create them.\n  ${byHand}`,
      );
    }
    await createRoles(ownerUrl, missing, passwords);
  }
  const app = source.APP_DATABASE_URL || withUser(ownerUrl, 'waybill_app', passwords.app);
  const worker =
    source.WORKER_DATABASE_URL || source.APP_DATABASE_URL || withUser(ownerUrl, 'waybill_worker', passwords.worker);
  await withClient(ownerUrl, (sql) =>
    sql.unsafe(
      `do $$ begin execute format('grant connect on database %I to ${roleNames.join(', ')}', current_database()); end $$`,
    ),
  );
  await checkLogin('APP_DATABASE_URL', app, byHand);
  if (worker !== app) await checkLogin('WORKER_DATABASE_URL', worker, byHand);
  return {
    urls: { owner: ownerUrl, app, worker },
    folder: null,
    whereabouts: withoutPassword(ownerUrl),
    stop: async () => undefined,
  };
};

/**
 * Opens the database of a data folder whose lock the caller holds. Problems come as plain words. With `keepsRunning` an
 * embedded server is started again whenever it dies; with `fillsLog`, a new one is made ready for a rush.
 */
export const openDatabase = async (
  dataDir: string,
  passwords: RolePasswords,
  source: NodeJS.ProcessEnv,
  say: (line: string) => void,
  { keepsRunning = false, fillsLog = false } = {},
): Promise<OpenDatabase> => {
  if (source.DATABASE_URL) return openGiven(source.DATABASE_URL, source, passwords);
  const server = await startEmbeddedServer({ dataDir, passwords, say, keepsRunning, fillsLog });
  const sockets = await openSocketFolder(server.dataFolder, Number(new URL(server.appUrl).port));
  return {
    urls: {
      owner: server.ownerUrl,
      app: overSocket(server.appUrl, sockets),
      worker: overSocket(server.workerUrl, sockets),
    },
    folder: server.dataFolder,
    whereabouts: server.dataFolder,
    stop: server.stop,
  };
};
