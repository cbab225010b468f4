import type { KnownValues } from '#domain/search/order-query.ts';
import { parseOrderQuery } from '#domain/search/order-query.ts';
import type { DeskView, OrderSort } from '#domain/search/order-sorts.ts';
import { readStaff } from '#server/queries/audit-actors.ts';
import type { WaybillRuntime } from '#server/runtime/runtime.ts';
import type { OrderSearch } from './page-sql.ts';

export type AskedSearch = { readonly q: string; readonly view: DeskView; readonly sort: OrderSort };

/**
 * What was typed as a search. Names of the staff are read only where somebody is asked for, so that who is nobody
 * narrows nothing here as on the screen.
 */
export const readSearch = async (
  runtime: Pick<WaybillRuntime, 'sql'>,
  viewerId: string,
  { q, view, sort }: AskedSearch,
): Promise<OrderSearch> => {
  const staff = q.toLowerCase().includes('assignee:') ? await readStaff(runtime) : [];
  const known: KnownValues = staff.length > 0 ? { assignee: staff.map(({ name }) => name) } : {};
  const { filters, text } = parseOrderQuery(q, known);
  return { view, sort, filters, text, nowMs: Date.now(), people: { viewerId, staff } };
};
