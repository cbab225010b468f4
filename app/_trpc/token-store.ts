import { comparePositions, parsePosition } from '#domain/shared/store-position.ts';

/** As the server reads them (server/api/freshness.ts). */
export const tokenHeader = 'x-waybill-token';
const tokenCookie = 'waybill_token';
/** After this the read side has long passed it. */
const keptS = 60 * 60;

/** The newer of two tokens. One that can't be read loses. */
export const newerToken = (a: string | null, b: string | null): string | null => {
  const [left, right] = [a ? parsePosition(a) : null, b ? parsePosition(b) : null];
  if (!left || !right) return left ? a : right ? b : null;
  return comparePositions(left, right) >= 0 ? a : b;
};

export type TokenStore = {
  readonly newest: () => string | null;
  /** Learns a token; an older one than the newest changes nothing. */
  readonly see: (token: string) => void;
  /** Forgets a token that the server has no use for, unless a newer one has come meanwhile. */
  readonly forget: (token: string) => void;
};

/** Where the token lives between page loads; a cookie in the browser. */
export type TokenMemory = { readonly read: () => string | null; readonly write: (token: string | null) => void };

/** The newest consistency token that this browser has seen: sent with every query, and by cookie with page loads. */
export const createTokenStore = (memory: TokenMemory): TokenStore => ({
  newest: memory.read,
  see: (token) => {
    const before = memory.read();
    const newest = newerToken(before, token);
    if (newest !== before) memory.write(newest);
  },
  forget: (token) => {
    if (memory.read() === token) memory.write(null);
  },
});

/** The cookie is shared by all tabs, so that each reads what another has written. */
const cookieMemory: TokenMemory = {
  read: () => {
    if (typeof document === 'undefined') return null;
    const found = document.cookie.split('; ').find((part) => part.startsWith(`${tokenCookie}=`));
    return found ? decodeURIComponent(found.slice(tokenCookie.length + 1)) : null;
  },
  write: (token) => {
    if (typeof document === 'undefined') return;
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    const age = token === null ? 0 : keptS;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is asynchronous, a page load is not
    document.cookie = `${tokenCookie}=${encodeURIComponent(token ?? '')}; Path=/; SameSite=Lax; Max-Age=${age}${secure}`;
  },
};

export const browserTokens = createTokenStore(cookieMemory);
