import type { Database } from '#db/clients.ts';

/** More people than this share no name that anyone searches by. */
const peopleMost = 50;

/**
 * The ids of the actors that somebody may mean by `text`, as far as any of them has ever done something: an actor's id,
 * a process by its name, an account by its e-mail or a part of its name.
 */
export const findActors = async ({ sql }: { readonly sql: Database }, text: string): Promise<string[]> => {
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const process = text
    .toLowerCase()
    .replace(/ process$/, '')
    .replaceAll(' ', '-');
  const rows = await sql<{ id: string }[]>`
    select named.id from (
      select unnest(${[text, `process:${process}`, `import:${process}`]}::text[]) as id
      union
      (select id from auth.users where lower(email) = ${text.toLowerCase()} or name ilike ${pattern} limit ${peopleMost})
    ) as named
    where exists (select from read.order_history_v1 history where history.actor_id = named.id)`;
  return rows.map(({ id }) => id);
};

export type StaffMember = { readonly id: string; readonly name: string; readonly role: string };

/** Whose deeds an auditor may look for by name. */
export const readStaff = async ({ sql }: { readonly sql: Database }): Promise<StaffMember[]> => [
  ...(await sql<StaffMember[]>`select id, name, role from auth.users where role <> 'customer' order by name limit 200`),
];
