'use client';

import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { Button } from '../../_ui/button.tsx';
import { cn } from '../../_ui/cn.ts';
import { Field } from '../../_ui/field.tsx';
import { formatPercent } from '../../_ui/format.ts';
import { NativeSelect } from '../../_ui/select.tsx';
import { Receipt } from '../_checkout/receipt.tsx';
import { promiseDay } from '../_product/promise-stops.ts';

interface CartSummaryProps {
  readonly quote: RouterOutputs['shop']['quote'];
  readonly quotedAt: number;
  /** The sums are of the cart before its last change. */
  readonly isBehind: boolean;
  readonly pieces: number;
  readonly country: string;
  readonly onCountry: (country: string) => void;
}

/** What the cart comes to, as the server has priced it, and the way on. */
export const CartSummary = ({ quote, quotedAt, isBehind, pieces, country, onCountry }: CartSummaryProps) => {
  const { currency, totals, tax, methods, shippingMethod, shipsFrom, countries, discount, problems } = quote;
  const method = methods.find(({ code }) => code === shippingMethod);
  const there = method && shipsFrom ? promiseDay(method.promise.deliverBy, shipsFrom.timeZone, quotedAt) : null;
  const name = countries.find(({ code }) => code === tax.country)?.name ?? tax.country;
  const digits = tax.basisPoints % 100 === 0 ? 0 : 1;
  const words = problems.filter(({ problem }) => problem.code !== 'ProductUnknown');
  return (
    <div aria-busy={isBehind} className={cn('lg:sticky lg:top-24', isBehind && '[&_dd]:opacity-60')}>
      <Receipt
        title="Together"
        trail={`${pieces} ${pieces === 1 ? 'piece' : 'pieces'}`}
        lines={[]}
        sums={totals}
        currency={currency}
        discountLabel={discount ? `Discount, ${discount.code}` : null}
        shippingLabel={method ? `Shipping, ${method.name}` : 'Shipping'}
        taxLabel={`Tax in ${name}, ${formatPercent(tax.basisPoints / 10_000, digits)}, included`}
        middle={
          <Field label="Ship to" className="pt-4">
            <NativeSelect
              value={country}
              onChange={(event) => onCountry(event.target.value)}
              options={countries.map(({ code, name: label }) => ({ value: code, label }))}
            />
          </Field>
        }
      >
        {words.map(({ problem, words: said }) => (
          <p key={problem.code} className="mt-3 font-medium text-hold">
            {said}
          </p>
        ))}
        <Button asChild variant="primary" size="lg" className="mt-4 w-full">
          <Link href="/checkout">
            Check out <ArrowRight aria-hidden="true" />
          </Link>
        </Button>
        {there && (
          <p className="mt-3 pb-1 text-muted">
            Ordered now, it is with you {there === 'today' ? there : `on ${there}`}. Choose a faster or cheaper way at
            the checkout.
          </p>
        )}
      </Receipt>
    </div>
  );
};
