import { runScript } from './run-script.ts';
import { withDatabase } from './with-database.ts';

// withDatabase migrates what it opens; the database of a running Waybill was migrated at its start.
await runScript(() =>
  withDatabase(async () => console.log('The database is up to date.'), { purpose: 'npm run db:migrate' }),
);
