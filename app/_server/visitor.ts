import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { AccountRole, Viewer } from '#server/api/access.ts';
import { pageCaller } from './caller.ts';

/** Who looks at this page; null for nobody who is signed in. */
export const visitor = cache(async (): Promise<Viewer | null> => (await pageCaller()).api.session.me());

/**
 * Lets only these roles see what follows (call it in the layout of a role's pages): others are asked to sign in, or
 * told that the page is not for them. Procedures check again by themselves.
 */
export const requireRole = async (...roles: readonly AccountRole[]): Promise<Viewer> => {
  const viewer = await visitor();
  if (viewer && roles.includes(viewer.role)) return viewer;
  const path = (await headers()).get('x-waybill-path') ?? '/';
  return redirect(`/${viewer ? 'not-allowed' : 'sign-in'}?next=${encodeURIComponent(path)}`);
};
