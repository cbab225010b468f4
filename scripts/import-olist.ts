// `npm run import:olist -- <folder> --report <file.json>`: brings Olist's orders in as events (docs/runbooks/import.md).
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { closeSql, openSql } from '#db/clients.ts';
import * as registry from '#domain/events/registry.ts';
import type { Env } from '#server/env.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createEventStore } from '#server/event-store/event-store.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import {
  areProjectionsDriven,
  startProjections,
  untilNear,
  untilProjected,
} from '#server/import/follow-projections.ts';
import { importOlist } from '#server/import/olist/import-olist.ts';
import type { ImportReport } from '#server/import/olist/report.ts';
import { createProgressDisplay } from '#server/import/olist/show-progress.ts';
import { showReport } from '#server/import/olist/show-report.ts';
import { createNotifier, eventsChannel } from '#server/runtime/wake-up.ts';
import { withDatabase } from './with-database.ts';

const usage = 'npm run import:olist -- <folder with the seven gzipped CSVs> [--report <file.json>]';

/**
 * Commits don't wait for the disk: what a crash of the machine takes with it, appends and progress alike, is imported
 * again. The validation's commit waits for all.
 */
const unflushed = (url: string): string => {
  const lazy = new URL(url);
  lazy.searchParams.set('synchronous_commit', 'off');
  return lazy.href;
};

const runImport = async (env: Env, folder: string): Promise<ImportReport> => {
  const sql = openSql(unflushed(env.APP_DATABASE_URL), { max: 6, applicationName: 'waybill-import' });
  const notifier = createNotifier({ sql, channel: eventsChannel, everyMs: 50 });
  const keys = createSubjectKeys({ sql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') });
  const store = createEventStore({ sql, codec: createCodec(registry, keys), onAppended: notifier.notify });
  const isDriven = await areProjectionsDriven(sql);
  const projections = isDriven ? null : startProjections(env);
  const display = createProgressDisplay(process.stdout);
  try {
    return await importOlist({
      sql,
      store,
      folder,
      onProgress: display.update,
      ...(isDriven ? { untilWelcome: () => untilNear(sql) } : {}),
      untilProjected: () => untilProjected(sql),
    });
  } finally {
    display.stop();
    await projections?.stop();
    await notifier.close();
    await closeSql(sql);
  }
};

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { report: { type: 'string' } } });
  const [folder] = positionals;
  if (!folder || positionals.length > 1) throw new Error(`Which folder?\n  ${usage}`);
  const report = await withDatabase((env) => runImport(env, resolve(folder)), { purpose: 'npm run import:olist' });
  console.log(`\n${showReport(report)}`);
  if (values.report) {
    await writeFile(values.report, `${JSON.stringify(report, null, 2)}\n`);
    console.log(`The whole report is in ${values.report}`);
  }
  if (!report.isComplete) process.exitCode = 1;
} catch (error) {
  // What a person can mend says so itself; everything else is a bug, whose place matters.
  const isPlain =
    error instanceof Error && ['OlistError', 'PlainError', 'MigrationError', 'Error'].includes(error.name);
  console.error(isPlain ? error.message : error);
  process.exitCode = 1;
}
