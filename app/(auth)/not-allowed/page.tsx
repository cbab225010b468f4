import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { visitor } from '../../_server/visitor.ts';
import { Button } from '../../_ui/button.tsx';
import { homeOf, localPath, roleWords } from '../_session/home-of.ts';

export const metadata: Metadata = { title: 'Not for this account' };

type Search = { readonly next?: string | string[] };

export default async function NotAllowedPage({ searchParams }: { readonly searchParams: Promise<Search> }) {
  const search = await searchParams;
  const next = localPath(typeof search.next === 'string' ? search.next : null) ?? '/';
  const viewer = await visitor();
  if (!viewer) redirect(`/sign-in?next=${encodeURIComponent(next)}`);
  return (
    <div className="flex flex-col gap-5">
      <h1 className="font-semibold text-title">Not for this account</h1>
      <p>
        You are signed in as {viewer.name}, {roleWords[viewer.role]}. This page is for another role.
      </p>
      <div className="flex flex-wrap gap-3">
        <Button asChild variant="primary">
          <Link href={homeOf[viewer.role]}>Go to your start page</Link>
        </Button>
        <Button asChild>
          <Link href={`/sign-in?switch=1&next=${encodeURIComponent(next)}`}>Use another account</Link>
        </Button>
      </div>
    </div>
  );
}
