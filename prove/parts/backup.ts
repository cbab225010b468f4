import { copyFile, mkdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { measureTable } from '#db/backup/copy.ts';
import { listTables } from '#db/backup/list-tables.ts';
import { readManifest } from '#db/backup/manifest.ts';
import { closeSql, type Database, openSql } from '#db/clients.ts';
import { seedShop } from '#db/seed/seed-shop.ts';
import { formatPosition } from '#domain/shared/store-position.ts';
import { receiving } from '#server/event-store/testing/units.ts';
import { projections } from '#server/projections/registry.ts';
import { createWebRuntime } from '#server/runtime/create-web-runtime.ts';
import { createWorker } from '#server/runtime/create-worker.ts';
import { type ScratchEnv, scratchFolder, scratchSource, withScratchDatabase } from '../../scripts/scratch-database.ts';
import { fillStore, fingerprint, foldAll } from '../backup/history.ts';
import { runCommand, secretsFile } from '../backup/run-command.ts';
import { liveStreams, startWriters } from '../backup/writers.ts';
import type { Part, PartContext } from '../part.ts';
import { openStore } from '../store.ts';

const eventsOf = { small: 5_000, full: 200_000 };
/** More than this at once, and it is not streamed. */
const memoryMb = 400;

const openOwner = (env: ScratchEnv): Database =>
  openSql(env.DATABASE_URL, {
    max: 2,
    applicationName: 'prove-owner',
    transactionTimeoutMs: 0,
    idleInTransactionTimeoutMs: 0,
  });

type Taken = { readonly backup: string; readonly print: string; readonly token: string };

/** Fills a database, backs it up while others write, and says what it held. */
const takeBackup = async ({ folder, size, seed, say, check }: PartContext, env: ScratchEnv): Promise<Taken> => {
  const owner = openOwner(env);
  try {
    await seedShop(owner);
    say(`${await fillStore(owner, eventsOf[size], seed)} events`);
    await foldAll(env);
    say('read tables are filled');
    const backup = join(folder, 'backup');
    const writers = startWriters(env);
    const end = await runCommand('scripts/db-backup.ts', [backup], {
      ...scratchSource(folder),
      DATABASE_URL: env.DATABASE_URL,
    }).finally(() => say('backed up'));
    const written = await writers.stop();
    if (end.code !== 0) throw new Error(end.output);
    const { tables, events } = await readManifest(backup);
    const textMb = Math.round(tables.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20);
    check(
      'A backup streams: its memory is bounded, whatever the size of the database',
      end.peakMb === null || end.peakMb < memoryMb,
      { events: events.rows, 'MB of text': textMb, 'peak MB': end.peakMb ?? 'not known', seconds: end.seconds },
    );
    check(
      'A backup holds up nobody: it has no xid, events are seen as ever, appends go on',
      written.backupXids === 0 && written.unseen === 0 && written.horizonAgeMs < 500 && written.appends > 0,
      { ...written },
    );
    const last = await openStore(env);
    const token = formatPosition(await last.store.head());
    await last.close();
    return { backup, print: await fingerprint(owner, liveStreams), token };
  } finally {
    await closeSql(owner, 2);
  }
};

const refuseCut = async (context: PartContext, taken: Taken, source: NodeJS.ProcessEnv): Promise<void> => {
  const file = join(taken.backup, 'es.events.copy.gz');
  const { size } = await stat(file);
  const kept = join(taken.backup, 'kept');
  await copyFile(file, kept);
  await truncate(file, size - 100);
  const end = await runCommand('scripts/db-restore.ts', [taken.backup, '--check'], source);
  await copyFile(kept, file);
  await rm(kept);
  context.check(
    'A backup whose events were cut off by 100 bytes is refused in plain words',
    end.code === 1 && /es\.events\.copy\.gz: it is cut off/.test(end.output) && !/\n\s+at /.test(end.output),
    { words: end.output.trim().slice(0, 120) },
  );
};

const isEqual = async ({ check }: PartContext, env: ScratchEnv, taken: Taken): Promise<void> => {
  const owner = openOwner(env);
  try {
    const manifest = await readManifest(taken.backup);
    const hashes = new Map(manifest.tables.map(({ name, sha256 }) => [name, sha256]));
    const different: string[] = [];
    const tables = await listTables(owner);
    for (const table of tables) {
      if ((await measureTable(owner, table)).sha256 !== hashes.get(table.name)) different.push(table.name);
    }
    check(
      'Restored into a fresh cluster, every table has the hash that it had',
      different.length === 0 && tables.length === hashes.size,
      { tables: tables.length, different: different.join(', ') || 'none', events: manifest.events.sha256 },
    );
    const print = await fingerprint(owner, liveStreams);
    const [gaps] = await owner<{ gaps: number }[]>`
      select count(*) as gaps from (select stream_id from es.events group by stream_id having max(version) <> count(*)) as gap`;
    check(
      'The event rows are those of before by a count of our own too, and no stream has a gap',
      print === taken.print && gaps?.gaps === 0,
      { rows: print.split(' ')[0] ?? '', gaps: gaps?.gaps ?? 'not known' },
    );
  } finally {
    await closeSql(owner, 2);
  }
};

const tryToAppend = async (env: ScratchEnv): Promise<string> => {
  const { store, close } = openStore(env);
  const answer = await store.append([receiving('AFTER-RESTORE', 'any')]).then(
    ([outcome]) => outcome?.status ?? 'nothing',
    (error: { code?: string }) => error.code ?? String(error),
  );
  await close();
  return answer;
};

/** Web's runtime and a whole worker on the restored database. */
const isAlive = async ({ check, say }: PartContext, env: ScratchEnv, { token }: Taken): Promise<void> => {
  const log = pino({ level: 'silent' });
  const worker = createWorker(env, log);
  const stopping = new AbortController();
  const running = worker.run(stopping.signal);
  const web = await createWebRuntime(env, log);
  try {
    const names = projections.map(({ name }) => name);
    const began = performance.now();
    const before = await web.runtime.waitFor(names, token, 1_000);
    const tookMs = Math.round(performance.now() - began);
    const [receipt] = await web.runtime.store.append([receiving('AFTER-RESTORE', 'any')]);
    const at = receipt?.status === 'appended' ? receipt.commands[0]?.token : undefined;
    const after = at ? await web.runtime.waitFor(names, formatPosition(at), 30_000) : 'not appended';
    const caughtUpMs = Math.round(performance.now() - began);
    const again = await web.runtime.waitFor(names, token, 1_000);
    const rows = await web.runtime.sql`select sku from read.inventory_view_v1 where sku = 'AFTER-RESTORE'`;
    say(`projections: ${after} after ${caughtUpMs} ms`);
    check(
      'Tokens of before the restore are reset at once, before and after the projections have gone on',
      before === 'tokenReset' && again === 'tokenReset' && tookMs < 500,
      { before, again, ms: tookMs },
    );
    check(
      'Right after the rebase events are written, and the restored read tables go on from where they stood',
      after === 'current' && rows.length === 1,
      { freshness: after, ms: caughtUpMs, incarnation: at?.incarnation ?? 'none' },
    );
  } finally {
    stopping.abort();
    await running;
    await worker.close();
    await web.close();
  }
};

const restoreElsewhere = async (context: PartContext, taken: Taken, folder: string): Promise<void> => {
  const { check } = context;
  const source = scratchSource(folder);
  await refuseCut(context, taken, source);
  const withoutKey = await runCommand('scripts/db-restore.ts', [taken.backup], source);
  check(
    'Without the master key nothing is restored, and the words say where it belongs',
    withoutKey.code === 1 && withoutKey.output.includes('secrets.json'),
    { words: withoutKey.output.trim().slice(0, 120) },
  );
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await copyFile(secretsFile(context.folder), secretsFile(folder));
  const restored = await runCommand('scripts/db-restore.ts', [taken.backup], source);
  if (restored.code !== 0) throw new Error(restored.output);
  check('A restore streams too', restored.peakMb === null || restored.peakMb < memoryMb, {
    'peak MB': restored.peakMb ?? 'not known',
    seconds: restored.seconds,
  });
  const purpose = 'npm run prove -- --only backup';
  await withScratchDatabase({ folder, purpose, say: () => undefined }, async (env) => {
    await isEqual(context, env, taken);
    const refused = await tryToAppend(env);
    const rebased = await runCommand('scripts/db-rebase.ts', [], { ...source, DATABASE_URL: env.DATABASE_URL });
    check('Nothing is written until `npm run db:rebase`', refused === 'IdentityMismatch' && rebased.code === 0, {
      before: refused,
      rebase: rebased.output.trim().split('\n').at(-1)?.slice(0, 60) ?? '',
    });
    await isAlive(context, env, taken);
    const full = await runCommand('scripts/db-restore.ts', [taken.backup], {
      ...source,
      DATABASE_URL: env.DATABASE_URL,
    });
    check('A database that is not empty is refused', full.code === 1 && full.output.includes('is not empty'), {
      words: full.output.trim().slice(0, 100),
    });
  });
};

export const part: Part = {
  name: 'backup',
  about: 'a backup while others write, restored into a fresh cluster, compared, rebased and taken up again',
  sizes: { small: `${eventsOf.small} events`, full: `${eventsOf.full} events` },
  // Two clusters are made: npm test has db/backup/backup.it.ts.
  isInTests: false,
  run: async (context) => {
    const taken = await context.withDatabase((env) => takeBackup(context, env));
    const other = scratchFolder('prove-backup-restored');
    try {
      await restoreElsewhere(context, taken, other.path);
    } finally {
      await other.remove();
    }
  },
};
