'use client';

import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { formatPercent } from '../../_ui/format.ts';
import { changeCart } from '../_cart/cart-store.ts';
import { DiscountField } from './discount-field.tsx';
import { Receipt, type ReceiptLine } from './receipt.tsx';

type Quote = RouterOutputs['shop']['quote'];

const lineOf = (line: Quote['lines'][number]): ReceiptLine => {
  const { sku, name, picture, hue, quantity, totalMinor, discountMinor, available } = line;
  const short = available !== null && available < quantity;
  const remark = short ? (available === 0 ? 'Sold out' : `Only ${available} left`) : undefined;
  return { id: sku, name, picture, hue, quantity, worthMinor: totalMinor + discountMinor, remark };
};

interface CheckoutReceiptProps {
  readonly quote: Quote;
  readonly discountCode: string | null;
}

/** What is about to be paid, as the server has just priced it. */
export const CheckoutReceipt = ({ quote, discountCode }: CheckoutReceiptProps) => {
  const { currency, totals, tax, methods, shippingMethod, countries, problems, discount } = quote;
  const country = countries.find(({ code }) => code === tax.country)?.name ?? tax.country;
  const method = methods.find(({ code }) => code === shippingMethod)?.name;
  return (
    <Receipt
      title="Your order"
      lines={quote.lines.map(lineOf)}
      sums={totals}
      currency={currency}
      discountLabel={discount ? `Discount, ${discount.code}` : null}
      shippingLabel={method ? `Shipping, ${method}` : 'Shipping'}
      taxLabel={`Tax in ${country}, ${formatPercent(tax.basisPoints / 10_000, tax.basisPoints % 100 === 0 ? 0 : 1)}, included`}
      middle={
        <DiscountField
          code={discountCode}
          problem={problems.find(({ problem }) => problem.code === 'DiscountUnknown')?.words}
          onChange={(code) => changeCart((cart) => ({ ...cart, discountCode: code }))}
        />
      }
    />
  );
};
