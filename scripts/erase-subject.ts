// `npm run erase -- <customer id, or mail address of an account>`: destroys the key of one person. Their names, mail
// addresses, phones and streets are unreadable from then on, in every event and on every screen; nothing else changes.
import { closeSql, openSql } from '#db/clients.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { eraseSubject } from '#server/runtime/erase-subject.ts';
import { PlainError } from './data-folder.ts';
import { runScript } from './run-script.ts';
import { withDatabase } from './with-database.ts';

await runScript(async () => {
  const [who] = process.argv.slice(2);
  if (!who) throw new PlainError('Say whom: npm run erase -- <customer id, or mail address of an account>');
  await withDatabase(
    async (env) => {
      const sql = openSql(env.WORKER_DATABASE_URL, { max: 2, applicationName: 'waybill-erase' });
      const owner = openSql(env.DATABASE_URL ?? env.WORKER_DATABASE_URL, { max: 1, applicationName: 'waybill-erase' });
      try {
        const [account] = await owner<{ id: string }[]>`select id from auth.users where email = ${who.toLowerCase()}`;
        const subjectId = account?.id ?? who;
        const keys = createSubjectKeys({ sql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') });
        const { keysDestroyed, orderKeys, isComplete } = await eraseSubject(subjectId, { sql, keys });
        if (keysDestroyed === 0) throw new PlainError(`Nobody called ${who} has a key: erased before, or never known.`);
        console.log(
          `Erased: ${orderKeys.length} orders say "erased" ${isComplete ? 'now' : 'as soon as the worker gets to them'}.`,
        );
      } finally {
        await Promise.all([closeSql(sql), closeSql(owner)]);
      }
    },
    { purpose: 'npm run erase' },
  );
});
