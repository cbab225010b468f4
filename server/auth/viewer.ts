import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Database } from '#db/clients.ts';
import { type AccountRole, isAccountRole } from '#domain/shared/account-role.ts';
import { createBatcher } from '#server/adapters/batcher.ts';
import { cookieValue } from '#server/http/cookies.ts';
import type { Auth } from './auth.ts';
import { hmacKey } from './hmac-key.ts';

/** A signed-in person. */
export type Viewer = {
  readonly id: string;
  readonly role: AccountRole;
  readonly name: string;
  readonly email: string;
};

/** Finds who is signed in, by the session cookie among `cookieHeader`. */
export type FindViewer = (cookieHeader: string | undefined) => Promise<Viewer | null>;

/** better-auth's signed cookie: `<token>.<base64 of HMAC-SHA-256 over it>`. Null unless the signature is right. */
export const openSignedCookie = (value: string, secret: string): string | null => {
  const dot = value.lastIndexOf('.');
  if (dot < 1) return null;
  const token = value.slice(0, dot);
  const right = createHmac('sha256', hmacKey(secret, 'utf8')).update(token).digest();
  const given = Buffer.from(value.slice(dot + 1), 'base64');
  return given.length === right.length && timingSafeEqual(given, right) ? token : null;
};

type Row = { readonly token: string; readonly id: string; readonly role: string; readonly name: string; email: string };

/**
 * Asks Postgres each time that there is a well-signed cookie to ask for, and keeps nothing: a sign-out, a new role and
 * a removed account count from the next request on, in every web process. Requests that come together ask together,
 * in one statement instead of better-auth's two a request. A session is not prolonged by being looked at.
 */
export const createFindViewer = (auth: Auth, sql: Database): FindViewer => {
  const find = createBatcher<string, Viewer | null>(
    async (tokens) => {
      const rows = await sql<Row[]>`
        select session.token, users.id, users.role, users.name, users.email
        from auth.sessions as session join auth.users on users.id = session.user_id
        where session.token = any (${[...new Set(tokens)]}) and session.expires_at > now()`;
      const found = new Map<string, Viewer>();
      for (const { token, id, role, name, email } of rows)
        if (isAccountRole(role)) found.set(token, { id, role, name, email });
      return tokens.map((token) => found.get(token) ?? null);
    },
    { inFlightMax: 3 },
  );
  return async (cookieHeader) => {
    if (cookieHeader === undefined) return null;
    const { authCookies, secret } = await auth.$context;
    const value = cookieValue(cookieHeader, authCookies.sessionToken.name);
    const token = value === null ? null : openSignedCookie(value, secret);
    return token === null ? null : find(token);
  };
};
