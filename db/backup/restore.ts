import { closeSql, type Database, openSql } from '#db/clients.ts';
import { migrate } from '#db/migrate.ts';
import { BackupError } from './backup-error.ts';
import { checkBackup, openTable } from './check-backup.ts';
import { copyIn, copyOut, fixTextForm } from './copy.ts';
import { listTables, type TableShape } from './list-tables.ts';
import { type BackedUpTable, type Manifest, masterKeyCheck } from './manifest.ts';

export type RestoreOptions = {
  /** 32 bytes; null to restore without the right one: personal fields are unreadable then, for ever. */
  readonly masterKey: Uint8Array | null;
  /** Called when a table's rows are in the database and have the right hash. */
  readonly onTable?: (table: BackedUpTable) => void;
};

/** What migrations put into an empty database themselves. A restore replaces it. */
const filledByMigrations = ['es.store_identity', 'shop.tax_rates', 'shop.shipping_methods'];

type Migrations = Manifest['migrations'];

const readMigrated = async (sql: Database): Promise<Migrations> => {
  const [row] = await sql<{ there: boolean }[]>`select to_regclass('public.schema_migrations') is not null as there`;
  if (!row?.there) return [];
  const migrations = await sql<Migrations>`select name, sha256 from public.schema_migrations order by name`;
  return migrations.map(({ name, sha256 }) => ({ name, sha256 }));
};

// A backup goes back into the schema that it came from; what is newer in this code is applied afterwards.
const prepareSchema = async (sql: Database, ownerUrl: string, { migrations }: Manifest): Promise<void> => {
  const last = migrations.at(-1)?.name;
  if (last === undefined) throw new BackupError('This backup knows no migrations.');
  if ((await readMigrated(sql)).length === 0) await migrate(ownerUrl, { upTo: last });
  const migrated = await readMigrated(sql);
  if (JSON.stringify(migrated) === JSON.stringify(migrations)) return;
  const names = new Set(migrated.map(({ name }) => name));
  const missing = migrations.filter(({ name }) => !names.has(name)).map(({ name }) => name);
  throw new BackupError(
    missing.length > 0
      ? `This backup is newer than this code: it knows ${missing.join(', ')}. Restore it with the code that made it.`
      : 'This database has another schema than the backup. Restore into a database that was never migrated.',
  );
};

const refuseFilled = async (transaction: Database, tables: readonly TableShape[]): Promise<void> => {
  for (const { name } of tables) {
    if (filledByMigrations.includes(name)) continue;
    const [row] = await transaction.unsafe<{ filled: boolean }[]>(`select exists (select from ${name}) as filled`);
    if (!row?.filled) continue;
    throw new BackupError(
      `This database is not empty (${name} has rows). A backup is restored into an empty one only: name a new data folder ` +
        '(WAYBILL_DATA_DIR) or an empty database (DATABASE_URL). Nothing was changed.',
    );
  }
};

const isLockTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '55P03';

// Whoever starts the app meanwhile waits at the first table, and finds a whole database or an empty one.
const lockTables = async (transaction: Database, tables: readonly TableShape[]): Promise<void> => {
  await transaction.unsafe(`set local lock_timeout = '5s'`);
  try {
    await transaction.unsafe(`lock table ${tables.map(({ name }) => name).join(', ')} in access exclusive mode`);
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    throw new BackupError('This database is in use. Stop web and worker, then restore.');
  }
};

const restoreTable = async (transaction: Database, folder: string, shape: TableShape, table: BackedUpTable) => {
  if (filledByMigrations.includes(shape.name)) await transaction.unsafe(`delete from ${shape.name}`);
  await copyIn(transaction, table, openTable(folder, table));
  // Not what was sent, but what the database has now.
  const { rows, sha256 } = await copyOut(transaction, { ...shape, columns: table.columns });
  if (sha256 === table.sha256) return;
  throw new BackupError(
    `${table.name} came out otherwise than it went in (${rows} rows of ${table.rows}, SHA-256 ${sha256} instead of ` +
      `${table.sha256}). Nothing was restored.`,
  );
};

const restoreAll = async (transaction: Database, folder: string, manifest: Manifest, options: RestoreOptions) => {
  await fixTextForm(transaction);
  const shapes = await listTables(transaction);
  const backedUp = new Map(manifest.tables.map((table) => [table.name, table]));
  const different = [
    ...shapes.filter(({ name }) => !backedUp.has(name)),
    ...manifest.tables.filter(({ name }) => !shapes.some((shape) => shape.name === name)),
  ];
  if (different.length > 0) {
    throw new BackupError(
      `Not the backup's tables: ${different.map(({ name }) => name).join(', ')}. Nothing was changed.`,
    );
  }
  await lockTables(transaction, shapes);
  await refuseFilled(transaction, shapes);
  for (const shape of shapes) {
    const table = backedUp.get(shape.name);
    if (!table) continue;
    await restoreTable(transaction, folder, shape, table);
    options.onTable?.(table);
  }
  // Restored into the cluster that it came from, the identity fits: yet events after the backup are lost, and their
  // tokens must not be taken for those of new ones. Timelines begin at 1.
  await transaction`
    update es.store_identity set timeline_id = 0
    where incarnation = (select max(incarnation) from es.store_identity)
      and (system_identifier, timeline_id) = (select system.system_identifier, checkpoint.timeline_id
        from pg_control_system() as system, pg_control_checkpoint() as checkpoint)`;
  for (const { name, lastValue, isCalled } of manifest.sequences) {
    await transaction`select setval(${name}::regclass, ${lastValue}::bigint, ${isCalled})`;
  }
};

const refuseOtherKey = (manifest: Manifest, { masterKey }: RestoreOptions): void => {
  if (masterKey === null || masterKeyCheck(masterKey) === manifest.masterKeyCheck) return;
  throw new BackupError(
    'The master key here is not the one that this backup’s personal fields are encrypted with: they would be ' +
      'unreadable. Put the secrets.json of the data folder that was backed up into a new data folder, or set ' +
      'WAYBILL_MASTER_KEY. Nothing was changed.',
  );
};

/**
 * Puts a backup into an empty database, in one transaction: after an error the database is as empty as before. Every
 * table is read back and held against its hash. Afterwards events can be read, and written once `npm run db:rebase` has
 * begun a new incarnation. Throws `BackupError`.
 */
export const restore = async (ownerUrl: string, folder: string, options: RestoreOptions): Promise<Manifest> => {
  const manifest = await checkBackup(folder);
  refuseOtherKey(manifest, options);
  const sql = openSql(ownerUrl, {
    max: 1,
    applicationName: 'waybill-restore',
    transactionTimeoutMs: 0,
    idleInTransactionTimeoutMs: 0,
  });
  try {
    await prepareSchema(sql, ownerUrl, manifest);
    await sql.begin((transaction) => restoreAll(transaction as unknown as Database, folder, manifest, options));
    // Without it, the first queries are planned for empty tables.
    for (const { name } of manifest.tables) await sql.unsafe(`analyze ${name}`);
  } finally {
    await closeSql(sql);
  }
  await migrate(ownerUrl);
  return manifest;
};
