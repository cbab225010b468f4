import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate, share, sum, taxIncluded } from './money.ts';

describe('allocating', () => {
  test('gives the odd units to the largest remainders, and among equals to the earlier', () => {
    expect(allocate(100, [1, 1, 1])).toEqual([34, 33, 33]);
    expect(allocate(10, [1, 2])).toEqual([3, 7]);
    expect(allocate(0, [1, 2])).toEqual([0, 0]);
  });
  test('gives everything to the first part where nothing weighs, and nothing to nobody', () => {
    expect(allocate(7, [0, 0])).toEqual([7, 0]);
    expect(allocate(7, [])).toEqual([]);
  });
  test('adds up to the last unit, never off by one from the exact share, at any size', () => {
    const amounts = fc.nat({ max: 9_000_000_000_000 });
    fc.assert(
      fc.property(amounts, fc.array(amounts, { minLength: 1, maxLength: 20 }), (total, weights) => {
        const parts = allocate(total, weights);
        expect(sum(parts)).toBe(total);
        const weightTotal = weights.reduce((all, weight) => all + BigInt(weight), 0n);
        if (weightTotal === 0n || weightTotal > BigInt(Number.MAX_SAFE_INTEGER)) return;
        for (const [index, part] of parts.entries()) {
          const floor = Number((BigInt(total) * BigInt(weights[index] ?? 0)) / weightTotal);
          expect(part === floor || part === floor + 1).toBe(true);
        }
      }),
      { numRuns: 200, seed: 20_261_114 },
    );
  });
});

describe('the tax inside a gross amount', () => {
  test('is rounded half up', () => {
    expect(taxIncluded(12_300, 2_300)).toBe(2_300);
    expect(taxIncluded(3, 10_000)).toBe(2);
    expect(taxIncluded(1_000, 0)).toBe(0);
    expect(taxIncluded(0, 2_300)).toBe(0);
  });
  test('is exact where the product passes 2^53', () => {
    expect(taxIncluded(9_000_000_000_000, 2_300)).toBe(1_682_926_829_268);
    expect(share(8_999_999_999_999, 9_999, 10_000)).toBe(8_999_099_999_999);
  });
});
