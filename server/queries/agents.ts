import type { Database } from '#db/clients.ts';

/** Somebody who works at the desk. */
export type Agent = { readonly id: string; readonly name: string };

/** Everybody who may have an order assigned, by name. */
export const listAgents = async ({ sql }: { readonly sql: Database }): Promise<Agent[]> =>
  sql<Agent[]>`select id, name from auth.users where role in ('support', 'admin') order by name, id limit 500`;

/** Whether the account may have an order assigned: roles change, and a client may send any id. */
export const isAgent = async ({ sql }: { readonly sql: Database }, id: string): Promise<boolean> => {
  const [row] = await sql<{ id: string }[]>`
    select id from auth.users where id = ${id} and role in ('support', 'admin')`;
  return row !== undefined;
};
