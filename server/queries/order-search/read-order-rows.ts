import type { Database } from '#db/clients.ts';
import { type DeskOrder, type DeskOrderRow, deskOrder, deskOrderColumns } from './order-row.ts';

/** These orders as they stand now, in no order; what the read side has not heard of is missing. */
export const readOrderRows = async (
  { sql }: { readonly sql: Database },
  orderIds: readonly string[],
): Promise<DeskOrder[]> => {
  if (orderIds.length === 0) return [];
  const rows = await sql<DeskOrderRow[]>`
    select ${deskOrderColumns(sql)} from read.order_search_v2 o where o.order_key = any(${[...orderIds]}::uuid[])`;
  return rows.map(deskOrder);
};
