import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { visitor } from '../../_server/visitor.ts';
import { homeOf, localPath } from '../_session/home-of.ts';
import { SignUpForm } from '../_session/sign-up-form.tsx';

export const metadata: Metadata = { title: 'Open an account' };

type Search = { readonly next?: string | string[] };

export default async function SignUpPage({ searchParams }: { readonly searchParams: Promise<Search> }) {
  const search = await searchParams;
  const next = localPath(typeof search.next === 'string' ? search.next : null) ?? undefined;
  const viewer = await visitor();
  if (viewer) redirect(next ?? homeOf[viewer.role]);
  return <SignUpForm next={next} />;
}
