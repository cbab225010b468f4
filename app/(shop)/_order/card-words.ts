import type { ExistingPayment } from '#domain/payment/state.ts';

/** What was paid with: "Visa 4242". */
export const cardWords = ({ brand, last4 }: ExistingPayment['method']): string => {
  const name = brand ? `${brand.slice(0, 1).toUpperCase()}${brand.slice(1)}` : 'Card';
  return last4 ? `${name} ${last4}` : name;
};
