import { allocate, amountMinorMost, share, sum, taxIncluded } from '../shared/money.ts';
import type { Discount, Totals } from './events.ts';

type PricedInput = { readonly quantity: number; readonly unitPriceMinor: number };

export type Priced<Line extends PricedInput> = Line & {
  readonly discountMinor: number;
  readonly taxMinor: number;
  readonly totalMinor: number;
};

/** What a discount takes off lines worth `linesMinor`; never more than they are worth. */
export const discountOn = (linesMinor: number, discount: Discount | null): number => {
  if (!discount) return 0;
  const wanted = discount.kind === 'amount' ? discount.value : share(linesMinor, discount.value, 10_000);
  return Math.min(linesMinor, wanted);
};

/**
 * Prices an order. Unit prices and shipping are gross (tax included); the discount is spread over the lines by
 * their worth. Line totals plus shipping add up to the grand total, and the lines' tax plus shipping's tax to the
 * tax, to the last minor unit.
 */
export const priceOrder = <Line extends PricedInput>(input: {
  readonly lines: readonly Line[];
  readonly discount: Discount | null;
  readonly shippingMinor: number;
  readonly taxRateBasisPoints: number;
}): { readonly lines: Priced<Line>[]; readonly totals: Totals } => {
  const worths = input.lines.map((line) => line.quantity * line.unitPriceMinor);
  const linesMinor = sum(worths);
  const discountMinor = discountOn(linesMinor, input.discount);
  const parts = allocate(discountMinor, worths);
  const lines = input.lines.map((line, index) => {
    const lineDiscount = parts[index] ?? 0;
    const totalMinor = (worths[index] ?? 0) - lineDiscount;
    return {
      ...line,
      discountMinor: lineDiscount,
      taxMinor: taxIncluded(totalMinor, input.taxRateBasisPoints),
      totalMinor,
    };
  });
  const shippingMinor = input.shippingMinor;
  return {
    lines,
    totals: {
      linesMinor,
      discountMinor,
      shippingMinor,
      taxMinor: sum(lines.map((line) => line.taxMinor)) + taxIncluded(shippingMinor, input.taxRateBasisPoints),
      grandTotalMinor: linesMinor - discountMinor + shippingMinor,
    },
  };
};

/** Whether an order's sums are true: what `PlaceOrder` insists on, whoever priced it. */
export const addsUp = (order: {
  readonly lines: readonly Priced<PricedInput>[];
  readonly totals: Totals;
  readonly taxRateBasisPoints: number;
}): boolean => {
  const { lines, totals, taxRateBasisPoints } = order;
  const shippingTaxMinor = taxIncluded(totals.shippingMinor, taxRateBasisPoints);
  return (
    totals.linesMinor <= amountMinorMost &&
    lines.every(
      (line) =>
        line.discountMinor >= 0 &&
        line.totalMinor >= 0 &&
        line.totalMinor === line.quantity * line.unitPriceMinor - line.discountMinor &&
        line.taxMinor === taxIncluded(line.totalMinor, taxRateBasisPoints),
    ) &&
    totals.linesMinor === sum(lines.map((line) => line.quantity * line.unitPriceMinor)) &&
    totals.discountMinor === sum(lines.map((line) => line.discountMinor)) &&
    totals.grandTotalMinor === totals.linesMinor - totals.discountMinor + totals.shippingMinor &&
    totals.taxMinor === sum(lines.map((line) => line.taxMinor)) + shippingTaxMinor
  );
};
