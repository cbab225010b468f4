import type { Database } from '#db/clients.ts';

/** Whether an account may have orders assigned: roles change, and a client may send any id. */
export const isAgent = async ({ sql }: { readonly sql: Database }, id: string): Promise<boolean> => {
  const [row] = await sql<{ id: string }[]>`
    select id from auth.users where id = ${id} and role in ('support', 'admin')`;
  return row !== undefined;
};
