import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { visitor } from '../../_server/visitor.ts';
import { homeOf, localPath } from '../_session/home-of.ts';
import { SignInForm } from '../_session/sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

type Search = { readonly next?: string | string[]; readonly switch?: string };

/** `?switch=1` lets somebody who is signed in take another account. */
export default async function SignInPage({ searchParams }: { readonly searchParams: Promise<Search> }) {
  const search = await searchParams;
  const next = localPath(typeof search.next === 'string' ? search.next : null) ?? undefined;
  const viewer = await visitor();
  if (viewer && !search.switch) redirect(next ?? homeOf[viewer.role]);
  return <SignInForm next={next} />;
}
