import { type AccountRole, isAccountRole } from '#domain/shared/account-role.ts';
import type { Auth } from './auth.ts';

/** A signed-in person. */
export type Viewer = {
  readonly id: string;
  readonly role: AccountRole;
  readonly name: string;
  readonly email: string;
};

/** Finds who is signed in, by the session cookie among `cookieHeader`. */
export type FindViewer = (cookieHeader: string | undefined) => Promise<Viewer | null>;

const mayHoldSession = (cookieHeader: string): boolean => cookieHeader.includes('waybill.session_token=');

/** Asks Postgres only when there is a session cookie to ask for. A session is not prolonged by being looked at. */
export const createFindViewer =
  (auth: Auth): FindViewer =>
  async (cookieHeader) => {
    if (cookieHeader === undefined || !mayHoldSession(cookieHeader)) return null;
    const session = await auth.api.getSession({
      headers: new Headers({ cookie: cookieHeader }),
      query: { disableRefresh: true },
    });
    if (!session) return null;
    const { id, role, name, email } = session.user;
    return isAccountRole(role) ? { id, role, name, email } : null;
  };
