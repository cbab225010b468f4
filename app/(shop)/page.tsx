import Link from 'next/link';
import { Hydrate, pageQueries } from '../_server/page-queries.tsx';
import { Button } from '../_ui/button.tsx';
import { EmptyState } from '../_ui/states.tsx';
import { visitorCountry } from './_cart/visitor-country.ts';
import { ProductGrid } from './_catalog/product-grid.tsx';
import { ShopColumn } from './_frame/shop-column.tsx';
import { Hero } from './_home/hero.tsx';
import { Promises } from './_home/promises.tsx';
import { readShelf } from './_home/shelf.ts';

export default async function HomePage() {
  const { trpc, queryClient, caller } = await pageQueries();
  const country = await visitorCountry();
  const [shelf] = await Promise.all([
    readShelf(caller.api),
    queryClient.prefetchQuery(trpc.shop.quote.queryOptions({ lines: [], country })),
  ]);
  const [first] = shelf;
  return (
    <Hydrate>
      <ShopColumn className="flex flex-col gap-6">
        {first ? <Hero product={first} /> : <h1 className="text-shop-title">Waybill</h1>}
        <Promises initialCountry={country} />
        <section aria-labelledby="shelf" className="mt-4">
          <div className="mb-3 flex items-baseline justify-between gap-4">
            <h2 id="shelf" className="text-title">
              Something of everything
            </h2>
            <Button asChild variant="link">
              <Link href="/catalog">All products</Link>
            </Button>
          </div>
          {shelf.length > 0 ? (
            <ProductGrid products={shelf} />
          ) : (
            <EmptyState className="px-0" title="Nothing is on sale yet.">
              Products appear here as soon as the catalog holds some.
            </EmptyState>
          )}
        </section>
      </ShopColumn>
    </Hydrate>
  );
}
