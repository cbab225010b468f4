import type { Metadata } from 'next';
import { Hydrate, pageQueries } from '../../_server/page-queries.tsx';
import { SystemScreen } from '../_system/system-screen.tsx';

export const metadata: Metadata = { title: 'System' };

export default async function SystemPage() {
  const { trpc, queryClient } = await pageQueries();
  await queryClient.prefetchQuery(trpc.admin.system.status.queryOptions());
  return (
    <Hydrate>
      <SystemScreen />
    </Hydrate>
  );
}
