import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { createLoader, type SearchParams } from 'nuqs/server';
import { pageQueries } from '../../../_server/page-queries.tsx';
import { CatalogPage } from '../../_catalog/catalog-page.tsx';
import { catalogParams } from '../../_catalog/catalog-params.ts';
import { categoryOf } from '../../_catalog/category-href.ts';

interface CategoryPageProps {
  readonly params: Promise<{ readonly category: string }>;
  readonly searchParams: Promise<SearchParams>;
}

const load = createLoader(catalogParams);

const categoryIn = async (params: CategoryPageProps['params']) => {
  const { trpc, queryClient } = await pageQueries();
  const categories = await queryClient.fetchQuery(trpc.shop.catalog.categories.queryOptions());
  return categoryOf(categories, (await params).category);
};

export async function generateMetadata({ params }: CategoryPageProps): Promise<Metadata> {
  return { title: (await categoryIn(params))?.category ?? 'No such category' };
}

export default async function CategoryPage({ params, searchParams }: CategoryPageProps) {
  const category = await categoryIn(params);
  if (!category) notFound();
  return <CatalogPage category={category.category} choice={await load(searchParams)} />;
}
