import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { candle, lamp } from '../shared/ids.builders.ts';
import { sum, taxIncluded } from '../shared/money.ts';
import type { Discount } from './events.ts';
import { lineOf } from './order.builders.ts';
import { addsUp, discountOn, priceOrder } from './pricing.ts';

const lines = [lineOf(1, candle, 2, 6_490), lineOf(2, lamp, 1, 5_000)];
const tenPercent: Discount = { code: 'WELCOME', kind: 'percent', value: 1_000 };

describe('pricing', () => {
  test('adds lines and shipping, with the tax inside', () => {
    const priced = priceOrder({ lines, discount: null, shippingMinor: 490, taxRateBasisPoints: 2_300 });
    expect(priced.totals).toEqual({
      linesMinor: 17_980,
      discountMinor: 0,
      shippingMinor: 490,
      taxMinor: 3_454,
      grandTotalMinor: 18_470,
    });
    expect(priced.lines.map(({ taxMinor, totalMinor }) => ({ taxMinor, totalMinor }))).toEqual([
      { taxMinor: 2_427, totalMinor: 12_980 },
      { taxMinor: 935, totalMinor: 5_000 },
    ]);
  });
  test('spreads a discount over the lines by their worth, and takes it off before tax', () => {
    const priced = priceOrder({ lines, discount: tenPercent, shippingMinor: 0, taxRateBasisPoints: 2_300 });
    expect(priced.lines.map(({ discountMinor }) => discountMinor)).toEqual([1_298, 500]);
    expect(priced.totals).toMatchObject({ discountMinor: 1_798, grandTotalMinor: 16_182, taxMinor: 2_184 + 841 });
  });
  test('never takes off more than the lines are worth, nor anything from shipping', () => {
    const discount: Discount = { code: 'GIFT', kind: 'amount', value: 50_000 };
    const priced = priceOrder({ lines, discount, shippingMinor: 490, taxRateBasisPoints: 2_300 });
    expect(priced.totals).toMatchObject({ discountMinor: 17_980, grandTotalMinor: 490, taxMinor: 92 });
  });
  test('rounds a share half up', () => {
    expect(discountOn(5, tenPercent)).toBe(1);
    expect(discountOn(4, tenPercent)).toBe(0);
    expect(discountOn(0, tenPercent)).toBe(0);
  });
});

const pricedOrders = fc
  .record({
    lines: fc.array(
      fc.record({ quantity: fc.integer({ min: 1, max: 500 }), unitPriceMinor: fc.nat({ max: 10_000_000 }) }),
      {
        minLength: 1,
        maxLength: 12,
      },
    ),
    discount: fc.option(
      fc.record({
        code: fc.constant('ANY'),
        kind: fc.constantFrom('percent' as const, 'amount' as const),
        value: fc.integer({ min: 1, max: 20_000 }),
      }),
    ),
    shippingMinor: fc.nat({ max: 5_000 }),
    taxRateBasisPoints: fc.nat({ max: 10_000 }),
  })
  .map((input) => ({ ...priceOrder(input), taxRateBasisPoints: input.taxRateBasisPoints }));

test('line totals, discounts, shipping and tax add up to the grand total to the last minor unit', () => {
  fc.assert(
    fc.property(pricedOrders, ({ lines: priced, totals, taxRateBasisPoints }) => {
      expect(sum(priced.map(({ totalMinor }) => totalMinor)) + totals.shippingMinor).toBe(totals.grandTotalMinor);
      expect(sum(priced.map(({ discountMinor }) => discountMinor))).toBe(totals.discountMinor);
      expect(sum(priced.map(({ taxMinor }) => taxMinor)) + taxIncluded(totals.shippingMinor, taxRateBasisPoints)).toBe(
        totals.taxMinor,
      );
      expect(priced.every(({ discountMinor, totalMinor }) => discountMinor >= 0 && totalMinor >= 0)).toBe(true);
      expect(addsUp({ lines: priced, totals, taxRateBasisPoints })).toBe(true);
    }),
    { numRuns: 300, seed: 20_261_114 },
  );
});

test('a sum that is off by one unit anywhere is found', () => {
  const sums = ['linesMinor', 'discountMinor', 'shippingMinor', 'taxMinor', 'grandTotalMinor'] as const;
  const parts = ['discountMinor', 'taxMinor', 'totalMinor', 'unitPriceMinor', 'quantity'] as const;
  fc.assert(
    fc.property(pricedOrders, fc.constantFrom(1, -1), (order, off) => {
      const [first, ...others] = order.lines;
      if (!first) return;
      for (const key of sums)
        expect(addsUp({ ...order, totals: { ...order.totals, [key]: order.totals[key] + off } }), key).toBe(false);
      // A piece more of what costs nothing costs nothing.
      for (const key of parts)
        if (key !== 'quantity' || first.unitPriceMinor > 0)
          expect(addsUp({ ...order, lines: [{ ...first, [key]: first[key] + off }, ...others] }), key).toBe(false);
    }),
    { numRuns: 100, seed: 20_261_114 },
  );
});
