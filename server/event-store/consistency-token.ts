import type { Database } from '#db/clients.ts';
import { formatPosition, parsePosition, type StorePosition } from '#domain/shared/store-position.ts';

/** The text form of a token: what a mutation answers with, and a header or cookie carries. */
export const encodeToken = formatPosition;

export type TokenStatus =
  | { readonly status: 'usable'; readonly position: StorePosition }
  /** Drop it, answer without waiting, and tell the client to forget it (design, section 8). */
  | { readonly status: 'reset'; readonly reason: 'malformed' | 'other-incarnation' | 'beyond-head' };

/**
 * Whether a query may wait for a token that a client sent. Never throws on what a client can send. One light query,
 * none for a malformed token.
 */
export const readTokenStatus = async (sql: Database, token: string): Promise<TokenStatus> => {
  const position = parsePosition(token);
  if (!position) return { status: 'reset', reason: 'malformed' };
  const [row] = await sql<{ incarnation: number; next_transaction_id: string }[]>`
    select max(incarnation) as incarnation, pg_snapshot_xmax(pg_current_snapshot()) as next_transaction_id
    from es.store_identity`;
  if (!row) throw new Error('The head came back without a row');
  return judgeToken(position, { incarnation: row.incarnation, nextTransactionId: Number(row.next_transaction_id) });
};

/**
 * `nextTransactionId`: the first transaction id not yet handed out (pg_snapshot_xmax): a position at or above it can't
 * have come from this server. The beginning, and the horizon of an idle server, are usable.
 */
export const judgeToken = (
  position: StorePosition,
  headOf: { readonly incarnation: number; readonly nextTransactionId: number },
): TokenStatus => {
  const isBeginning = position.incarnation === 0 && position.transactionId === 0 && position.position === 0;
  if (position.incarnation !== headOf.incarnation && !isBeginning) {
    return { status: 'reset', reason: 'other-incarnation' };
  }
  // A horizon token (position 0) may name the next transaction itself: all below it has been read.
  const limit = position.position === 0 ? headOf.nextTransactionId : headOf.nextTransactionId - 1;
  if (position.transactionId > limit) return { status: 'reset', reason: 'beyond-head' };
  return { status: 'usable', position };
};
