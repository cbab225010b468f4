import { randomBytes } from 'node:crypto';
import type { Database } from '#db/clients.ts';
import { type CardProblem, checkCard } from './cards.ts';

export type Tokenized =
  | { readonly ok: true; readonly token: string; readonly brand: string; readonly last4: string }
  | { readonly ok: false; readonly code: CardProblem };

/**
 * Turns a card into a token, as a gateway's own form does: Waybill keeps the token and never sees the number again;
 * nor does the gateway keep more of it than its behaviour and last four digits.
 */
export const tokenize = async (
  sql: Database,
  card: { readonly number: string; readonly expiry: string; readonly cvc: string },
  now: Date = new Date(),
): Promise<Tokenized> => {
  const checked = checkCard(card.number, card.expiry, card.cvc, now);
  if (!checked.ok) return checked;
  const { behaviour, brand, last4 } = checked;
  const token = `tok_${randomBytes(18).toString('base64url')}`;
  await sql`insert into gateway.tokens (token, behaviour, brand, last4) values (${token}, ${behaviour}, ${brand}, ${last4})`;
  return { ok: true, token, brand, last4 };
};
