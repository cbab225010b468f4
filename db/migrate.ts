import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import postgres, { type Sql } from 'postgres';
import { driverAddress } from './socket-address.ts';

export const migrationsFolder = fileURLToPath(new URL('./migrations', import.meta.url));

/** Why a database can't be brought up to this code. Nothing was changed when it is thrown. */
export class MigrationError extends Error {
  readonly code: 'NewerSchema' | 'ChangedFile' | 'OutOfOrder' | 'BadFileName' | 'FailedStatement';

  constructor(code: MigrationError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'MigrationError';
    this.code = code;
  }
}

export type MigrateOptions = {
  /** Folder of `NNNN-name.sql` files; the project's by default. */
  readonly folder?: string;
  /** Goes no further than this file; a restore needs the schema that its backup had. */
  readonly upTo?: string;
  /** Called before each file is applied. */
  readonly onApply?: (name: string) => void;
};

export type MigrationFile = { readonly name: string; readonly sha256: string; readonly text: string };

/** The migration files in order. Throws `BadFileName` on a .sql file that has no number, or on a number used twice. */
export const readMigrations = async (folder = migrationsFolder): Promise<readonly MigrationFile[]> => {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.sql')).sort();
  const numbers = new Set<string>();
  for (const name of names) {
    const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1];
    if (!number) throw new MigrationError('BadFileName', `db/migrations/${name}: name it NNNN-kebab-case.sql.`);
    if (numbers.has(number))
      throw new MigrationError('BadFileName', `db/migrations: two files have the number ${number}.`);
    numbers.add(number);
  }
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return { name, text, sha256: createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex') };
    }),
  );
};

type Applied = { readonly name: string; readonly sha256: string };

/** The files that are still to be applied; throws where database and code can't belong together. */
export const pendingMigrations = (
  files: readonly MigrationFile[],
  applied: readonly Applied[],
): readonly MigrationFile[] => {
  const known = new Map(files.map((file) => [file.name, file]));
  const unknown = applied.filter(({ name }) => !known.has(name)).map(({ name }) => name);
  if (unknown.length > 0) {
    throw new MigrationError(
      'NewerSchema',
      `This database has a newer schema than this code: it knows ${unknown.join(', ')}. ` +
        'Nothing was changed. Update the code, or use another database (WAYBILL_DATA_DIR or DATABASE_URL).',
    );
  }
  const changed = applied.filter(({ name, sha256 }) => known.get(name)?.sha256 !== sha256).map(({ name }) => name);
  if (changed.length > 0) {
    throw new MigrationError(
      'ChangedFile',
      `Already applied to this database, but changed since: ${changed.join(', ')}. ` +
        'Nothing was changed. Restore the file and put the change into a new migration.',
    );
  }
  const appliedNames = new Set(applied.map(({ name }) => name));
  const last =
    applied
      .map(({ name }) => name)
      .sort()
      .at(-1) ?? '';
  const pending = files.filter(({ name }) => !appliedNames.has(name));
  const early = pending.filter(({ name }) => name < last).map(({ name }) => name);
  if (early.length > 0) {
    throw new MigrationError(
      'OutOfOrder',
      `${early.join(', ')} sorts before ${last}, which this database already has. Nothing was changed. Renumber it.`,
    );
  }
  return pending;
};

/** Splits a script at semicolons that end statements (not those in quotes, dollar quotes or comments). */
export const splitStatements = (text: string): readonly string[] => {
  const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$[A-Za-z_]*\$)[\s\S]*?\1|;/g;
  const statements: string[] = [];
  let start = 0;
  for (const match of text.matchAll(token)) {
    if (match[0] !== ';') continue;
    statements.push(text.slice(start, match.index));
    start = match.index + 1;
  }
  statements.push(text.slice(start));
  return statements
    .map((one) => one.trim())
    .filter((one) => one.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() !== '');
};

const failedStatement = (file: MigrationFile, error: unknown): MigrationError => {
  const { message, position, where } = error as { message?: string; position?: string; where?: string };
  const line = position ? ` (line ${file.text.slice(0, Number(position)).split('\n').length})` : '';
  return new MigrationError(
    'FailedStatement',
    `db/migrations/${file.name}${line}: ${message ?? error}${where ? `\n${where}` : ''}`,
    { cause: error },
  );
};

const record = (sql: Sql, { name, sha256 }: MigrationFile) =>
  sql`insert into public.schema_migrations (name, sha256) values (${name}, ${sha256})`;

const apply = async (sql: Sql, file: MigrationFile): Promise<void> => {
  try {
    if (/^\s*-- no-transaction\b/.test(file.text)) {
      // One statement at a time: several in one message would share an implicit transaction. They must bear repeating,
      // since a failure midway leaves the first ones done.
      for (const statement of splitStatements(file.text)) await sql.unsafe(statement);
      await record(sql, file);
      return;
    }
    await sql.unsafe('begin');
    try {
      await sql.unsafe(file.text);
      await record(sql, file);
      await sql.unsafe('commit');
    } catch (error) {
      await sql.unsafe('rollback').catch(() => undefined);
      throw error;
    }
  } catch (error) {
    throw failedStatement(file, error);
  }
};

// Any constant will do; it is the same in every version so that old and new starters exclude each other.
const lockKey = 0x77617962;

// Trying, not waiting: a waiting statement holds a snapshot, for which CREATE INDEX CONCURRENTLY would wait in turn.
const takeLock = async (sql: Sql): Promise<void> => {
  for (;;) {
    const [row] = await sql<{ taken: boolean }[]>`select pg_try_advisory_lock(${lockKey}) as taken`;
    if (row?.taken) return;
    await delay(100);
  }
};

/**
 * Brings the database up to the files of `db/migrations`, each in one transaction unless its first line is
 * `-- no-transaction`. Two starters exclude each other by an advisory lock. Throws `MigrationError`.
 */
export const migrate = async (ownerUrl: string, options: MigrateOptions = {}): Promise<{ applied: string[] }> => {
  const files = await readMigrations(options.folder);
  const address = driverAddress(ownerUrl);
  const sql = postgres(address.url, {
    ...address.options,
    max: 1, // the session's lock must hold for every statement
    max_lifetime: null,
    idle_timeout: 0,
    onnotice: () => undefined,
    connection: { application_name: 'waybill-migrate', transaction_timeout: 0, idle_in_transaction_session_timeout: 0 },
  });
  try {
    await takeLock(sql);
    await sql.unsafe(`create table if not exists public.schema_migrations (
      name text primary key,
      sha256 text not null,
      applied_at timestamptz not null default now()
    )`);
    const applied = await sql<Applied[]>`select name, sha256 from public.schema_migrations order by name`;
    const { upTo } = options;
    const pending = pendingMigrations(files, applied).filter(({ name }) => upTo === undefined || name <= upTo);
    // Not a migration: it must be there before those that were applied long ago elsewhere. Trusted: whoever may create
    // in the database may make it; the embedded server has it already.
    if (pending.length > 0) await sql.unsafe('create extension if not exists pg_trgm');
    for (const file of pending) {
      options.onApply?.(file.name);
      await apply(sql, file);
    }
    return { applied: pending.map(({ name }) => name) };
  } finally {
    await sql.end({ timeout: 5 });
  }
};
