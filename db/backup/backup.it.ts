import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeSql, type Database, openSql } from '#db/clients.ts';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '#db/testing/test-database.ts';
import * as registry from '#domain/events/registry.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createEventStore } from '#server/event-store/event-store.ts';
import { rebase } from '#server/event-store/incarnation.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { openTestStore, type TestStore, testMasterKey } from '#server/event-store/testing/test-store.ts';
import {
  command,
  inventoryStream,
  newSku,
  noteAdded,
  orderStream,
  receiving,
  unit,
} from '#server/event-store/testing/units.ts';
import { backUp } from './back-up.ts';
import { checkBackup } from './check-backup.ts';
import { measureTable } from './copy.ts';
import { listTables, readSequences } from './list-tables.ts';
import { type Manifest, manifestFile } from './manifest.ts';
import { restore } from './restore.ts';

let at: TestStore;
let owner: Database;
let folder: string;
let backup: string;
let manifest: Manifest;
const orderId = '01900000-0000-7000-8000-000000000001';
// A personal field, with what COPY's text must escape.
const note = noteAdded(orderId, 'person-1', 'tab\t, line\n, back\\slash, \\N and ümlaut');

beforeAll(async () => {
  at = await openTestStore();
  owner = at.client('owner', 1);
  folder = await mkdtemp(join(tmpdir(), 'waybill-backup-'));
  for (let nth = 0; nth < 200; nth += 1) await at.store.append([receiving(newSku(), 0)]);
  await at.store.append([unit([{ streamId: orderStream(orderId), version: 0 }], [command([note])])]);
  await owner`insert into proc.parked (order_key, error) values (${orderId}, 'x')`;
  await owner`insert into proc.parked_events values (${orderId}, 1, 2, 3, 's', 4)`;
  await owner`insert into auth.users (id, name, email) values ('u', ${'a\tb'}, 'a@b.example')`;
  await owner`insert into auth.sessions (id, expires_at, token, user_id) values ('s', now(), 't', 'u')`;
  await owner`insert into read.order_history_v1 select 1, 2, 3, gen_random_uuid(), null, 's', 'inventory', 1, 't', 'a',
    'r', now(), now(), 'live', 'c', null, gen_random_uuid(), '{"a": [1, null]}'`;
  await owner`insert into read.refolds (projection, version, source_key, reason) values ('p', 1, 'k', 'r')`;
  await owner`update shop.tax_rates set basis_points = 2323 where country = 'PT'`;
  await owner`select nextval('es.order_numbers')`;
  backup = join(folder, 'backup');
  manifest = await backUp(owner, backup, { masterKey: testMasterKey });
});
afterAll(async () => {
  await at.close();
  await rm(folder, { recursive: true, force: true });
});

const withOwner = async <T>(database: TestDatabase, use: (sql: Database) => Promise<T>): Promise<T> => {
  const sql = openSql(database.ownerUrl, { max: 1, applicationName: 'test-restore' });
  try {
    return await use(sql);
  } finally {
    await closeSql(sql, 1);
  }
};

/** What a database holds: every table's hash, and where every sequence stands. */
const contents = async (sql: Database) => {
  // A restore into the very cluster that it came from marks the identity, so that a rebase is needed there too.
  const tables = (await listTables(sql)).filter(({ name }) => name !== 'es.store_identity');
  const hashes: Record<string, unknown> = {};
  for (const table of tables) hashes[table.name] = await measureTable(sql, table);
  return { hashes, sequences: await readSequences(sql) };
};

const restoreInto = (database: TestDatabase, from: string = backup) =>
  restore(database.ownerUrl, from, { masterKey: testMasterKey });

/** A copy of the backup that a test may spoil. */
const spoiled = async (spoil: (path: string) => Promise<unknown>): Promise<string> => {
  const path = await mkdtemp(join(folder, 'spoiled-'));
  for (const file of await readdir(backup)) await writeFile(join(path, file), await readFile(join(backup, file)));
  await spoil(path);
  return path;
};

test('a backup that is restored into an empty database is equal: every table by hash, every sequence', async () => {
  const database = await createEmptyDatabase();
  await restoreInto(database);
  await withOwner(database, async (sql) => {
    expect(await contents(sql)).toEqual(await contents(owner));
    const [events] = await sql<{ rows: number }[]>`select count(*)::int as rows from es.events`;
    expect(events).toEqual({ rows: 201 });
    expect(manifest.events.rows).toBe(201);
    // The next identity is not one that a row has already.
    await sql`insert into read.refolds (projection, version, source_key, reason) values ('p', 1, 'k', 'r')`;
    const [refolds] = await sql`select count(distinct refold_id)::int as ids from read.refolds`;
    expect(refolds).toEqual({ ids: 2 });
    // Append-only stays enforced.
    await expect(sql`delete from es.events`).rejects.toMatchObject({ code: 'WB004' });
    await expect(sql`update es.events set version = 9`).rejects.toMatchObject({ code: 'WB004' });
  });
  const app = openSql(database.appUrl, { max: 2, applicationName: 'test-restored' });
  const keys = createSubjectKeys({ sql: app, masterKey: testMasterKey });
  const store = createEventStore({ sql: app, codec: createCodec(registry, keys) });
  // The personal field, decrypted.
  expect((await store.readStream(orderStream(orderId))).map(({ event }) => event)).toEqual([note]);
  // Into the same cluster even: what the backup didn't have is lost, so that a new incarnation must begin.
  await expect(store.append([receiving(newSku(), 0)])).rejects.toMatchObject({ code: 'IdentityMismatch' });
  expect(await withOwner(database, (sql) => rebase(sql))).toEqual({ status: 'rebased', incarnation: 2 });
  expect((await store.append([receiving(newSku(), 0)]))[0]?.status).toBe('appended');
  const { events } = await store.readAll({ incarnation: 0, transactionId: 0, position: 0 }, 300);
  expect(events.map(({ at: place }) => place.incarnation).slice(-2)).toEqual([1, 2]);
  expect(events).toHaveLength(202);
  expect(await store.readTokenStatus(`1.${events[5]?.at.transactionId}.${events[5]?.at.position}`)).toEqual({
    status: 'reset',
    reason: 'other-incarnation',
  });
  await closeSql(app, 1);
  await database.drop();
});

test('the hash of the event rows is that of their COPY text in the store’s order', async () => {
  const text = gunzipSync(await readFile(join(backup, 'es.events.copy.gz')));
  expect(createHash('sha256').update(text).digest('hex')).toBe(manifest.events.sha256);
  const column = manifest.tables.find(({ name }) => name === 'es.events')?.columns.indexOf('position') ?? -1;
  const positions = text
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => Number(line.split('\t')[column]));
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
});

test('a database that is not empty is refused, and stays as it is', async () => {
  const before = await contents(owner);
  await expect(restoreInto(at.database)).rejects.toThrow(/is not empty \(\S+ has rows\)/);
  expect(await contents(owner)).toEqual(before);
});

const isUntouched = async (from: string, words: RegExp): Promise<void> => {
  const database = await createEmptyDatabase();
  await expect(restoreInto(database, from)).rejects.toThrow(words);
  await withOwner(database, async (sql) => {
    const [row] = await sql`select to_regclass('es.events') is not null as there`;
    expect(row).toEqual({ there: false });
  });
  await database.drop();
};

test('a backup whose file was cut off is refused, and says which', () =>
  spoiled((path) => truncate(join(path, 'es.events.copy.gz'), 2_000)).then((path) =>
    isUntouched(path, /es\.events\.copy\.gz: it is cut off/),
  ));

test('a backup with one altered letter is refused, though the file unpacks', () =>
  spoiled(async (path) => {
    const file = join(path, 'es.events.copy.gz');
    const text = gunzipSync(await readFile(file)).toString();
    await writeFile(file, gzipSync(text.replace('"quantity": 1', '"quantity": 2')));
  }).then((path) => isUntouched(path, /es\.events\.copy\.gz: it is not as it was written \(201 rows of 201/)));

test('a backup that lacks a table’s file is refused', () =>
  spoiled((path) => rm(join(path, 'shop.customers.copy.gz'))).then((path) =>
    isUntouched(path, /shop\.customers\.copy\.gz: it is missing/),
  ));

test('a backup with an altered manifest is refused', () =>
  spoiled(async (path) => {
    const text = await readFile(join(path, manifestFile), 'utf8');
    await writeFile(join(path, manifestFile), text.replace('"isCalled": true', '"isCalled": false'));
  }).then((path) => isUntouched(path, /manifest\.json is not as it was written/)));

test('a folder that is no backup, or one that was cut off before its end, is refused', () =>
  isUntouched(folder, /is not a backup: it has no manifest\.json/));

test('another master key is refused before anything is changed', async () => {
  const database = await createEmptyDatabase();
  const attempt = restore(database.ownerUrl, backup, { masterKey: Buffer.alloc(32, 1) });
  await expect(attempt).rejects.toThrow(/master key here is not the one/);
  await database.drop();
});

test('rows that the database refuses, or changes on their way in, leave it empty', async () => {
  const database = await createTestDatabase();
  await withOwner(database, async (sql) => {
    await sql.unsafe(`create function es.meddle() returns trigger language plpgsql as $$
        begin new.type := 'Meddled'; return new; end $$;
      create trigger meddles before insert on es.events for each row execute function es.meddle()`);
    await expect(restoreInto(database)).rejects.toThrow(/es\.events came out otherwise than it went in/);
    await sql`drop trigger meddles on es.events`;
    // Refused at the end of the COPY, after its last row.
    await sql.unsafe(`create function es.refuse() returns trigger language plpgsql as $$ begin raise 'no more'; end $$;
      create trigger refuses after insert on es.events for each statement execute function es.refuse()`);
    await expect(restoreInto(database)).rejects.toThrow(/no more/);
    await sql`drop trigger refuses on es.events`;
    const [row] =
      await sql`select (select count(*) from es.events)::int + (select count(*) from auth.users)::int as rows`;
    expect(row).toEqual({ rows: 0 });
  });
  // A database that was migrated already will do; and whoever says so gets it without the key.
  await restore(database.ownerUrl, backup, { masterKey: null });
  await database.drop();
});

test('a backup never writes over another, and leaves nothing behind when it fails', async () => {
  await expect(backUp(owner, backup, { masterKey: testMasterKey })).rejects.toThrow(/is there already/);
  const failing = backUp(owner, join(folder, 'failing'), {
    masterKey: testMasterKey,
    onTable: () => {
      throw new Error('the disk is full');
    },
  });
  await expect(failing).rejects.toThrow('the disk is full');
  expect((await readdir(folder)).filter((name) => name.startsWith('failing'))).toEqual([]);
});

test('a backup is of one instant, and holds no event back while it runs', async () => {
  const target = join(folder, 'running');
  const sku = newSku();
  const seen: unknown[] = [];
  const observer = at.client('superuser', 1);
  const names: string[] = [];
  const whileItRuns = async () => {
    const [session] = await observer`
      select backend_xid is null as "hasNoXid" from pg_stat_activity where pid in
        (select pid from pg_stat_activity where datname = ${at.database.name} and application_name = 'test-owner')`;
    seen.push(session);
    const [receipt] = await at.store.append([receiving(sku, 0)]);
    const place = receipt?.status === 'appended' ? receipt.commands[0]?.token : undefined;
    const { events } = await at.store.readAll({ ...(place ?? { incarnation: 9, transactionId: 9 }), position: 0 }, 10);
    seen.push(events.map(({ streamId }) => streamId));
  };
  const held = await backUp(owner, target, {
    masterKey: testMasterKey,
    // Before the events are read.
    onTable: async ({ name }) => {
      names.push(name);
      if (names.length === 1) await whileItRuns();
    },
  });
  expect(names.indexOf('es.events')).toBeGreaterThan(0);
  expect(seen).toEqual([{ hasNoXid: true }, [inventoryStream(sku)]]);
  expect(held.events).toEqual(manifest.events);
  expect(await checkBackup(target)).toEqual(held);
});
