// `npm run db:rebase [-- --force]`: begins a new incarnation of the event store after a restore, a point-in-time
// recovery or a failover, once a person has made sure that no other copy of this database is still being written.
import { parseArgs } from 'node:util';
import { closeSql, openSql } from '#db/clients.ts';
import { rebase } from '#server/event-store/incarnation.ts';
import { withDatabase } from './with-database.ts';

const { values } = parseArgs({ options: { force: { type: 'boolean', default: false } } });

try {
  await withDatabase(
    async (env) => {
      const sql = openSql(env.DATABASE_URL ?? env.APP_DATABASE_URL, { max: 1, applicationName: 'waybill-db-rebase' });
      try {
        const result = await rebase(sql, { force: values.force });
        console.log(
          result.status === 'rebased'
            ? `Incarnation ${result.incarnation} has begun. Writes are allowed again; older consistency tokens are reset.`
            : `Nothing to do: this is the server that incarnation ${result.incarnation} is written on. After a dump was ` +
                'restored into it, run this with --force.',
        );
      } finally {
        await closeSql(sql);
      }
    },
    { purpose: 'npm run db:rebase' },
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
