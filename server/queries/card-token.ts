import type { Database } from '#db/clients.ts';
import { createBatcher } from '#server/adapters/batcher.ts';

type Card = { readonly brand: string; readonly last4: string };

const lookups = new WeakMap<Database, (token: string) => Promise<Card | null>>();

/** Buyers who pay at the same moment share a round trip. */
const lookupOn = (sql: Database): ((token: string) => Promise<Card | null>) => {
  const known = lookups.get(sql);
  if (known) return known;
  const lookup = createBatcher(async (tokens: readonly string[]) => {
    const rows = await sql<(Card & { readonly token: string })[]>`
      select token, brand, last4 from gateway.tokens where token = any(${[...new Set(tokens)]})`;
    const cards = new Map(rows.map(({ token, brand, last4 }) => [token, { brand, last4 }]));
    return tokens.map((token) => cards.get(token) ?? null);
  });
  lookups.set(sql, lookup);
  return lookup;
};

/** What may be shown of the card behind a gateway's token; null for a token that the gateway didn't give. */
export const findCard = ({ sql }: { readonly sql: Database }, token: string): Promise<Card | null> =>
  lookupOn(sql)(token);
