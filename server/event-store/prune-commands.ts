import type { Database } from '#db/clients.ts';

/**
 * Forgets the outcomes of people's commands after `days` (those of processes and imports, which have no body HMAC, are
 * kept for ever). At most `limit` a call, in one short transaction; call again while it returns `limit`. Worker's role.
 */
export const pruneCommands = async (sql: Database, days = 90, limit = 1_000): Promise<number> => {
  const result = await sql`
    delete from es.commands where ctid = any (array(
      select ctid from es.commands
      where recorded_at < now() - make_interval(days => ${days}) and body_hmac is not null
      limit ${limit}
    ))`;
  return result.count;
};
