import type { Database } from '#db/clients.ts';

/** How many orders a customer has placed. */
export const countOrdersOf = async ({ sql }: { readonly sql: Database }, customerId: string): Promise<number> => {
  const [row] = await sql<{ total: number }[]>`
    select count(*)::int as total from read.order_search_v2
    where customer_id = ${customerId} and order_status not in ('draft', 'discarded')`;
  return row?.total ?? 0;
};
