import 'server-only';
import { Hydrate, pageQueries } from '../../_server/page-queries.tsx';
import { type CatalogChoice, catalogInput } from './catalog-params.ts';
import { CatalogScreen } from './catalog-screen.tsx';

interface CatalogPageProps {
  /** Null for all products. */
  readonly category: string | null;
  readonly choice: CatalogChoice;
}

/** The catalog's first paint, for all products or those of one category. */
export const CatalogPage = async ({ category, choice }: CatalogPageProps) => {
  const { trpc, queryClient } = await pageQueries();
  const [categories] = await Promise.all([
    queryClient.fetchQuery(trpc.shop.catalog.categories.queryOptions()),
    queryClient.prefetchInfiniteQuery(
      trpc.shop.catalog.list.infiniteQueryOptions(catalogInput(choice, category), {
        getNextPageParam: ({ next }) => next ?? undefined,
      }),
    ),
  ]);
  return (
    <Hydrate>
      <CatalogScreen
        category={category}
        categories={categories.map((each) => each.category)}
        kinds={categories.find((each) => each.category === category)?.subcategories ?? []}
      />
    </Hydrate>
  );
};
