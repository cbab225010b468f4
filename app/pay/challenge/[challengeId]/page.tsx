import type { Metadata } from 'next';
import { Hydrate, pageQueries } from '../../../_server/page-queries.tsx';
import { ChallengePanel } from '../../_challenge/challenge-panel.tsx';

export const metadata: Metadata = { title: 'Your bank asks', referrer: 'no-referrer' };

interface ChallengePageProps {
  readonly params: Promise<{ readonly challengeId: string }>;
  readonly searchParams: Promise<{ readonly link?: string | string[] }>;
}

/** Stands for the bank's own page of a 3-D Secure challenge. `?link=` brings a guest back to their order. */
export default async function ChallengePage({ params, searchParams }: ChallengePageProps) {
  const [{ challengeId }, { link }, { trpc, queryClient }] = await Promise.all([params, searchParams, pageQueries()]);
  await queryClient.prefetchQuery(trpc.shop.challenge.get.queryOptions({ challengeId }));
  return (
    <Hydrate>
      <ChallengePanel challengeId={challengeId} link={typeof link === 'string' ? link : undefined} />
    </Hydrate>
  );
}
