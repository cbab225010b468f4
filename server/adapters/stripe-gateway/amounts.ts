// Stripe counts in "the smallest currency unit", which for these is not ISO 4217's minor unit.
// https://docs.stripe.com/currencies#special-cases and #zero-decimal
const stripeExponents: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };
const isoExponents: Readonly<Record<string, number>> = { ISK: 0, UGX: 0, MGA: 2 };
/** Their last digit must be zero for Stripe. */
const threeDecimals: ReadonlySet<string> = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

const factorOf = (currency: string): number => 10 ** ((stripeExponents[currency] ?? 0) - (isoExponents[currency] ?? 0));

/**
 * An amount in ISO 4217 minor units as Stripe takes it: the same for most, zero-decimal ones (JPY) included. Null for
 * an amount that Stripe can't express.
 */
export const toStripeAmount = (amountMinor: number, currency: string): number | null => {
  if (threeDecimals.has(currency) && amountMinor % 10 !== 0) return null;
  const factor = factorOf(currency);
  const amount = factor < 1 ? amountMinor / Math.round(1 / factor) : amountMinor * factor;
  return Number.isSafeInteger(amount) ? amount : null;
};

/** The way back. `currency` as Stripe writes it, or as we do. */
export const fromStripeAmount = (amount: number, currency: string): number =>
  Math.round(amount / factorOf(currency.toUpperCase()));
