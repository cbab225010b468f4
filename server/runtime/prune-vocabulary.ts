import type { Database } from '#db/clients.ts';

/**
 * Takes words out of the search's vocabulary that no order has any more: the names of who was erased, for one. The
 * projection adds to what stands there and puts there what does not, so that it is not disturbed.
 */
export const pruneVocabulary = async (sql: Database, limit: number): Promise<number> => {
  const { count } = await sql`
    delete from read.order_search_vocabulary_v2 where word in (
      select word from read.order_search_vocabulary_v2 where orders = 0 limit ${limit}) and orders = 0`;
  return count;
};
