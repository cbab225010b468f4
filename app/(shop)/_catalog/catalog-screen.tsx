'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useQueryStates } from 'nuqs';
import { referenceOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Breadcrumb } from '../../_ui/breadcrumb.tsx';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { formatCount } from '../../_ui/format.ts';
import { LoadMore } from '../../_ui/load-more.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { ShopColumn } from '../_frame/shop-column.tsx';
import { CatalogFilters } from './catalog-filters.tsx';
import { catalogInput, catalogParams } from './catalog-params.ts';
import { ProductGrid, ProductGridSkeleton } from './product-grid.tsx';

interface CatalogScreenProps {
  /** Null for all products. */
  readonly category: string | null;
  readonly categories: readonly string[];
  readonly kinds: readonly string[];
}

const nothingChosen = { q: '', kind: '', price: null, stock: false } as const;

/** Products that can be searched, filtered and sorted. */
export const CatalogScreen = ({ category, categories, kinds }: CatalogScreenProps) => {
  const trpc = useTRPC();
  const [choice, choose] = useQueryStates(catalogParams, { history: 'push' });
  const list = useInfiniteQuery(
    trpc.shop.catalog.list.infiniteQueryOptions(catalogInput(choice, category), {
      getNextPageParam: ({ next }) => next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  );
  const products = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = list.data?.pages[0]?.total ?? undefined;
  const title = category ?? (choice.q.trim() ? `Results for “${choice.q.trim()}”` : 'All products');
  return (
    <ShopColumn className="flex flex-col gap-4">
      {category !== null && <Breadcrumb crumbs={[{ label: 'All products', href: '/catalog' }, { label: category }]} />}
      <div className="flex flex-wrap items-baseline gap-x-4">
        <h1 className="break-words text-shop-title max-sm:text-figure">{title}</h1>
        {total !== undefined && (
          <p role="status" className="text-muted tabular-nums">
            {formatCount(total)} {total === 1 ? 'product' : 'products'}
          </p>
        )}
      </div>
      <CatalogFilters category={category} categories={categories} kinds={kinds} />
      {list.isError && (
        <ErrorState
          className="px-0"
          title="Products could not be read."
          reference={referenceOf(list.error)}
          onRetry={() => void list.refetch()}
        >
          Your cart is kept in this browser.
        </ErrorState>
      )}
      {list.isPending && <ProductGridSkeleton />}
      {list.data && products.length === 0 && (
        <EmptyState
          className="px-0"
          title="No product matches all of this."
          action={<Button onClick={() => void choose(nothingChosen)}>Show everything here</Button>}
        >
          Try fewer words, another price, or also what is out of stock.
        </EmptyState>
      )}
      {products.length > 0 && (
        <section
          aria-label="Products"
          aria-busy={list.isFetching}
          className={cn(list.isPlaceholderData && 'opacity-60')}
        >
          <ProductGrid products={products} />
          <div className="-mx-4 mt-4">
            <LoadMore
              shown={products.length}
              total={total}
              what="products"
              hasMore={list.hasNextPage}
              busy={list.isFetchingNextPage}
              onMore={() => void list.fetchNextPage()}
            />
          </div>
        </section>
      )}
    </ShopColumn>
  );
};
