import type { Freshness } from '#server/runtime/wait-for.ts';

const rank: Record<Freshness, number> = { current: 0, stale: 1, tokenReset: 2 };

export const worseFreshness = (a: Freshness, b: Freshness): Freshness => (rank[a] >= rank[b] ? a : b);

/** Request header (and, for page loads, cookie) of the newest token that the client has seen. */
export const tokenHeader = 'x-waybill-token';
export const tokenCookie = 'waybill_token';
/** Response header: the worst freshness of what the response carries. */
export const freshnessHeader = 'x-waybill-freshness';
