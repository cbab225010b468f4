import { cookies } from 'next/headers';
import { createLoader, type SearchParams } from 'nuqs/server';
import { Hydrate, pageQueries } from '../_server/page-queries.tsx';
import { busiest, chooseWarehouse, warehouseCookie } from './_frame/warehouse-choice.ts';
import { queueInput } from './_queue/queue-input.ts';
import { queueParams } from './_queue/queue-params.ts';
import { QueueScreen } from './_queue/queue-screen.tsx';

const load = createLoader(queueParams);

export default async function QueuePage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const { trpc, queryClient, caller } = await pageQueries();
  const [params, jar, warehouses, counts] = await Promise.all([
    load(searchParams),
    cookies(),
    caller.api.warehouse.warehouses.list(),
    queryClient.fetchQuery(trpc.warehouse.queue.counts.queryOptions()),
  ]);
  const remembered = chooseWarehouse(warehouses, jar.get(warehouseCookie)?.value, busiest(counts));
  const warehouse = chooseWarehouse(warehouses, params.warehouse, remembered);
  await queryClient.prefetchInfiniteQuery(
    trpc.warehouse.queue.list.infiniteQueryOptions(queueInput(warehouse, params.view, params.text), {
      getNextPageParam: ({ next }) => next ?? undefined,
    }),
  );
  return (
    <Hydrate>
      <QueueScreen warehouses={warehouses} remembered={remembered} />
    </Hydrate>
  );
}
