import type { Database } from '#db/clients.ts';

/** What may be shown of the card behind a gateway's token; null for a token that the gateway didn't give. */
export const findCard = async (
  { sql }: { readonly sql: Database },
  token: string,
): Promise<{ readonly brand: string; readonly last4: string } | null> => {
  const [row] = await sql<{ brand: string; last4: string }[]>`
    select brand, last4 from gateway.tokens where token = ${token}`;
  return row ?? null;
};
