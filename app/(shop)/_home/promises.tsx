'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../../_trpc/trpc.ts';
import { formatMoney } from '../../_ui/format.ts';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { useCountry } from '../_cart/cart-store.ts';
import { cheapestShipping, promiseDay, promiseStops, standardDelivery } from '../_product/promise-stops.ts';

/** What we promise everyone, as one ruled strip; prices and dates are the server's, for the visitor's country. */
export const Promises = ({ initialCountry }: { readonly initialCountry: string }) => {
  const trpc = useTRPC();
  const [country] = useCountry(initialCountry);
  const { data: quote, dataUpdatedAt } = useQuery(trpc.shop.quote.queryOptions({ lines: [], country }));
  const madeAt = dataUpdatedAt || Date.now();
  const delivery = quote ? standardDelivery(quote) : null;
  const cheapest = quote ? cheapestShipping(quote) : null;
  const place = quote?.countries.find(({ code }) => code === country)?.name ?? country;
  const [order] = delivery ? promiseStops(delivery, madeAt) : [];
  return (
    <RuledCells
      boxed
      columns={4}
      cells={[
        {
          id: 'there',
          caption: 'Ordered now, with you',
          value: delivery ? promiseDay(delivery.promise.deliverBy, delivery.from.timeZone, madeAt) : 'See the product',
        },
        {
          id: 'leaves',
          caption: delivery ? `Leaves ${delivery.from.city} if ordered` : 'Leaves our warehouse',
          value: order?.detail ?? 'the next working day',
        },
        {
          id: 'shipping',
          caption: `Shipping to ${place}`,
          value: quote && cheapest !== null ? `from ${formatMoney(cheapest, quote.currency)}` : 'In your cart',
        },
        { id: 'returns', caption: 'Returns', value: '30 days, free' },
      ]}
    />
  );
};
