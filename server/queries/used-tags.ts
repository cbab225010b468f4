import type { Database } from '#db/clients.ts';

/** How far back is looked, in taggings. */
const lately = 500;
const tagsMost = 40;

/** The tags that were put on orders lately, the most used first. */
export const readUsedTags = async ({ sql }: { readonly sql: Database }): Promise<string[]> => {
  const rows = await sql<{ tag: string }[]>`
    select tag from (
      select data ->> 'tag' as tag from read.order_history_v1
      where type = 'OrderTagged'
      order by incarnation desc, transaction_id desc, position desc
      limit ${lately}
    ) as last
    group by tag order by count(*) desc, tag limit ${tagsMost}`;
  return rows.map(({ tag }) => tag);
};
