import type { Metadata } from 'next';
import { createLoader, type SearchParams } from 'nuqs/server';
import { CatalogPage } from '../_catalog/catalog-page.tsx';
import { catalogParams } from '../_catalog/catalog-params.ts';

export const metadata: Metadata = { title: 'All products' };

const load = createLoader(catalogParams);

export default async function AllProductsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  return <CatalogPage category={null} choice={await load(searchParams)} />;
}
