import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { skuSchema } from '#domain/shared/ids.ts';
import { Hydrate, pageQueries } from '../../../_server/page-queries.tsx';
import { visitorCountry } from '../../_cart/visitor-country.ts';
import { ProductScreen } from '../../_product/product-screen.tsx';
import { quoteOfOne } from '../../_product/quote-input.ts';
import { readProduct } from '../../_product/read-product.ts';

interface ProductPageProps {
  readonly params: Promise<{ readonly sku: string }>;
}

const skuIn = async (params: ProductPageProps['params']) => skuSchema.safeParse((await params).sku).data;

export async function generateMetadata({ params }: ProductPageProps): Promise<Metadata> {
  const sku = await skuIn(params);
  const found = sku ? await readProduct(sku) : null;
  return found ? { title: found.product.name, description: found.product.description } : {};
}

export default async function ProductPage({ params }: ProductPageProps) {
  const sku = await skuIn(params);
  if (!sku) notFound();
  const country = await visitorCountry();
  const { trpc, queryClient } = await pageQueries();
  const [found] = await Promise.all([
    readProduct(sku),
    queryClient.prefetchQuery(trpc.shop.quote.queryOptions(quoteOfOne(sku, country))),
  ]);
  if (found === null) notFound();
  return (
    <Hydrate>
      <ProductScreen key={sku} sku={sku} initialCountry={country} />
    </Hydrate>
  );
}
