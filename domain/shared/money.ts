import { z } from 'zod';

/** ISO 4217, upper case. */
export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .brand<'Currency'>();
export type Currency = z.infer<typeof currencySchema>;

/** An integer of minor units (cents). Safe integers only: the store refuses floats. */
export const amountMinorMost = 9_000_000_000_000;
export const amountMinorSchema = z.int().min(0).max(amountMinorMost);

export const sum = (amounts: Iterable<number>): number => {
  let total = 0;
  for (const amount of amounts) total += amount;
  return total;
};

/**
 * Splits `totalMinor` over `weights` so that the parts add up to it to the last minor unit
 * (largest remainder; ties go to the earlier part). With no weight at all, the first part takes everything.
 */
export const allocate = (totalMinor: number, weights: readonly number[]): number[] => {
  if (weights.length === 0) return [];
  const weightTotal = sum(weights);
  if (weightTotal === 0) return weights.map((_, index) => (index === 0 ? totalMinor : 0));
  // BigInt: amount × weight may pass 2^53.
  const shares = weights.map((weight, index) => {
    const product = BigInt(totalMinor) * BigInt(weight);
    return { index, floor: Number(product / BigInt(weightTotal)), remainder: product % BigInt(weightTotal) };
  });
  const parts = shares.map((share) => share.floor);
  let left = totalMinor - sum(parts);
  const byRemainder = shares.toSorted((a, b) =>
    a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
  );
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
};

/** amount × numerator ÷ denominator, rounded half up; exact where the product passes 2^53. Nothing may be negative. */
export const share = (amountMinor: number, numerator: number, denominator: number): number => {
  const double = 2n * BigInt(denominator);
  return Number((2n * BigInt(amountMinor) * BigInt(numerator) + BigInt(denominator)) / double);
};

/** The tax inside a gross amount at `rateBasisPoints` (2300 = 23 %), rounded half up. */
export const taxIncluded = (grossMinor: number, rateBasisPoints: number): number =>
  share(grossMinor, rateBasisPoints, 10_000 + rateBasisPoints);
