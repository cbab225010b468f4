// `npm run db:restore -- <folder> [--check] [--without-master-key]`: puts a backup into an empty database, or only
// reads it through and holds it against its hashes.
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkBackup } from '#db/backup/check-backup.ts';
import { restore } from '#db/backup/restore.ts';
import { dataFolder, PlainError } from './data-folder.ts';
import { runScript } from './run-script.ts';
import { withDatabase } from './with-database.ts';

// Asked before a new data folder makes secrets of its own.
const refuseWithoutSecrets = async (): Promise<void> => {
  if (process.env.WAYBILL_MASTER_KEY) return;
  const file = join(dataFolder(), 'secrets.json');
  await access(file).catch(() => {
    throw new PlainError(
      `There is no ${file}. Put that of the data folder that was backed up there first, or set WAYBILL_MASTER_KEY: ` +
        'names and addresses are encrypted with its master key. (--without-master-key restores all the same; they are ' +
        'unreadable then, for ever.) Nothing was changed.',
    );
  });
};

await runScript(async () => {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      check: { type: 'boolean', default: false },
      'without-master-key': { type: 'boolean', default: false },
    },
  });
  const [folder] = positionals;
  if (!folder) throw new PlainError('Say from where: npm run db:restore -- <folder> [--check]');
  if (values.check) {
    const { tables, events, takenAt } = await checkBackup(folder);
    console.log(`Whole, as of ${takenAt}: ${tables.length} tables, ${events.rows} events, SHA-256 ${events.sha256}.`);
    return;
  }
  const ignoresKey = values['without-master-key'];
  if (!ignoresKey) await refuseWithoutSecrets();
  await withDatabase(
    async ({ DATABASE_URL, WAYBILL_MASTER_KEY }) => {
      if (!DATABASE_URL) throw new PlainError('A restore needs the owner’s address (DATABASE_URL).');
      const { events, takenAt } = await restore(DATABASE_URL, folder, {
        masterKey: ignoresKey ? null : Buffer.from(WAYBILL_MASTER_KEY, 'base64'),
        onTable: ({ name, rows }) => console.error(`${name}: ${rows.toLocaleString('en-US')} rows, hash is right`),
      });
      console.log(
        `Restored as of ${takenAt}: ${events.rows.toLocaleString('en-US')} events, SHA-256 ${events.sha256}, read back and equal.\n` +
          'Events can be read; none is written until you have made sure that no other copy is still written, and run\n' +
          '  npm run db:rebase',
      );
    },
    { purpose: 'npm run db:restore', migrates: false },
  );
});
