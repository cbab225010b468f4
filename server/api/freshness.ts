/**
 * How what was read stands to the client's consistency token. `stale`: the wait ran out, the read tables are behind
 * it. `tokenReset`: the token is of no use (another incarnation, malformed, beyond the head), forget it.
 */
export type Freshness = 'current' | 'stale' | 'tokenReset';

const rank: Record<Freshness, number> = { current: 0, stale: 1, tokenReset: 2 };

export const worseFreshness = (a: Freshness, b: Freshness): Freshness => (rank[a] >= rank[b] ? a : b);

/** Request header (and, for page loads, cookie) of the newest token that the client has seen. */
export const tokenHeader = 'x-waybill-token';
export const tokenCookie = 'waybill_token';
/** Response header: the worst freshness of what the response carries. */
export const freshnessHeader = 'x-waybill-freshness';
