import type { Metadata } from 'next';
import { Hydrate, pageQueries } from '../../_server/page-queries.tsx';
import { AnalyticsScreen } from '../_analytics/analytics-screen.tsx';

export const metadata: Metadata = { title: 'Analytics' };

export default async function AnalyticsPage() {
  const { trpc, queryClient } = await pageQueries();
  await queryClient.prefetchQuery(trpc.admin.analytics.spans.queryOptions());
  return (
    <Hydrate>
      {/* The day is the server's, so that both draw the same range. */}
      <AnalyticsScreen today={new Date().toISOString().slice(0, 10)} />
    </Hydrate>
  );
}
