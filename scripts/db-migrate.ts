import { migrate } from '#db/migrate.ts';
import { runScript } from './run-script.ts';
import { withDatabase } from './with-database.ts';

const say = (name: string): void => console.log(`Migrating: ${name}`);

// A database that is started for this is migrated on the way; one that already runs, here.
await runScript(() =>
  withDatabase(
    async ({ DATABASE_URL }) => {
      if (DATABASE_URL) await migrate(DATABASE_URL, { onApply: say });
      console.log('The database is up to date.');
    },
    { purpose: 'npm run db:migrate' },
  ),
);
