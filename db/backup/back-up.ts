import { createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createGzip } from 'node:zlib';
import type { Database } from '#db/clients.ts';
import { BackupError } from './backup-error.ts';
import { copyOut, fixTextForm } from './copy.ts';
import { listTables, readSequences } from './list-tables.ts';
import { type BackedUpTable, encodeManifest, type Manifest, manifestFile, masterKeyCheck } from './manifest.ts';

export type BackUpOptions = {
  /** 32 bytes. Not stored: the manifest gets a fingerprint, by which a restore tells the right key from a wrong one. */
  readonly masterKey: Uint8Array;
  /** Called, and waited for, after each table. */
  readonly onTable?: (table: BackedUpTable) => void | Promise<void>;
};

type Head = Pick<Manifest, 'takenAt' | 'serverVersion' | 'systemIdentifier' | 'timelineId' | 'incarnation'> & {
  readonly last: string | null;
};

const readHead = async (transaction: Database): Promise<Head> => {
  const [head] = await transaction<Head[]>`
    select to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "takenAt",
      current_setting('server_version') as "serverVersion",
      system.system_identifier::text as "systemIdentifier", checkpoint.timeline_id as "timelineId",
      (select max(incarnation) from es.store_identity) as incarnation,
      (select concat_ws('.', incarnation, transaction_id, position) from es.events
       order by incarnation desc, transaction_id desc, position desc limit 1) as last
    from pg_control_system() as system, pg_control_checkpoint() as checkpoint`;
  if (!head) throw new Error('The head came back without a row');
  return head;
};

const writeTables = async (
  transaction: Database,
  folder: string,
  onTable: BackUpOptions['onTable'],
): Promise<BackedUpTable[]> => {
  const tables: BackedUpTable[] = [];
  for (const table of await listTables(transaction)) {
    const file = `${table.name.replaceAll('"', '')}.copy.gz`;
    const sink = createWriteStream(join(folder, file), { mode: 0o600, flags: 'wx', flush: true });
    const measured = await copyOut(transaction, table, [createGzip({ level: 1 }), sink]);
    const done = { name: table.name, file, columns: [...table.columns], ...measured };
    tables.push(done);
    await onTable?.(done);
  }
  return tables;
};

// One snapshot for all tables. Read only: it never has an xid, so that it doesn't hold the horizon of events back
// (vacuum it does). One table after the other, so that memory and load stay small.
const writeSnapshot = async (sql: Database, folder: string, options: BackUpOptions): Promise<Manifest> =>
  (await sql.begin('isolation level repeatable read read only', async (transaction) => {
    const session = transaction as unknown as Database;
    await fixTextForm(session);
    const { last, ...head } = await readHead(session);
    const migrations = await session<Manifest['migrations']>`
      select name, sha256 from public.schema_migrations order by name`;
    const tables = await writeTables(session, folder, options.onTable);
    const events = tables.find(({ name }) => name === 'es.events');
    if (!events) throw new Error('es.events is missing');
    const manifest: Manifest = {
      format: 'waybill-backup-1',
      ...head,
      migrations: migrations.map(({ name, sha256 }) => ({ name, sha256 })),
      masterKeyCheck: masterKeyCheck(options.masterKey),
      events: { rows: events.rows, sha256: events.sha256, last },
      tables,
      sequences: await readSequences(session),
    };
    return manifest;
  })) as Manifest;

const flushFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder);
  await handle.sync().catch(() => undefined); // not every file system can
  await handle.close();
};

/**
 * Writes all of the database, as of one instant, into a new folder, while everybody goes on working. The folder has its
 * name only once it is whole. `sql`: the owner's client, without a time limit for transactions. Throws `BackupError`.
 */
export const backUp = async (sql: Database, target: string, options: BackUpOptions): Promise<Manifest> => {
  const folder = resolve(target);
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  if (isThere) throw new BackupError(`${folder} is there already. Name a new folder: a backup is never written over.`);
  const partial = `${folder}.partial-${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    const manifest = await writeSnapshot(sql, partial, options);
    await writeFile(join(partial, manifestFile), encodeManifest(manifest), { mode: 0o600, flush: true });
    await flushFolder(partial);
    await rename(partial, folder);
    await flushFolder(dirname(folder));
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
};
