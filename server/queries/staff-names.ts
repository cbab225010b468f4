import type { Database } from '#db/clients.ts';

/** By account id: the names of staff, such as whoever picks an order. Unknown ids and customers are missing. */
export const staffNames = async (
  { sql }: { readonly sql: Database },
  ids: readonly string[],
): Promise<Readonly<Record<string, string>>> => {
  if (ids.length === 0) return {};
  const rows = await sql<{ id: string; name: string }[]>`
    select id, name from auth.users where id = any(${[...new Set(ids)]}) and role <> 'customer'`;
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
};
