// `npm run db:backup -- <new folder>`: writes the whole database, as of one instant, while the app goes on.
import { parseArgs } from 'node:util';
import { backUp } from '#db/backup/back-up.ts';
import { closeSql, openSql } from '#db/clients.ts';
import { PlainError } from './data-folder.ts';
import { runScript } from './run-script.ts';
import { withDatabase } from './with-database.ts';

await runScript(async () => {
  const [folder] = parseArgs({ allowPositionals: true }).positionals;
  if (!folder) throw new PlainError('Say where to: npm run db:backup -- <new folder>');
  await withDatabase(
    async (env) => {
      const sql = openSql(env.DATABASE_URL ?? env.APP_DATABASE_URL, {
        max: 1,
        applicationName: 'waybill-backup',
        transactionTimeoutMs: 0,
        idleInTransactionTimeoutMs: 0,
      });
      try {
        const { events, tables, takenAt } = await backUp(sql, folder, {
          masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64'),
          onTable: ({ name, rows }) => console.error(`${name}: ${rows.toLocaleString('en-US')} rows`),
        });
        console.log(
          `Backed up as of ${takenAt}: ${tables.length} tables, ${events.rows.toLocaleString('en-US')} events, SHA-256 ${events.sha256}.\n` +
            'The master key is not in it: keep secrets.json of the data folder (or WAYBILL_MASTER_KEY) safe, in another place.',
        );
      } finally {
        await closeSql(sql);
      }
    },
    // The schema is backed up as it is, not as this code would have it.
    { purpose: 'npm run db:backup', migrates: false },
  );
});
