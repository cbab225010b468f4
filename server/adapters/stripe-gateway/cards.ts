import type Stripe from 'stripe';
import { orMissing } from './failures.ts';

/**
 * What may be shown of the card behind a payment method that Stripe's own form made (`pm_…`); null for one that Stripe
 * didn't give, or that is no card. Throws `GatewayUnavailable`.
 */
export const findStripeCard = async (
  stripe: Stripe,
  token: string,
): Promise<{ readonly brand: string; readonly last4: string } | null> => {
  if (!/^pm_\w{1,100}$/.test(token)) return null;
  const card = (await orMissing(stripe.paymentMethods.retrieve(token)))?.card;
  return card ? { brand: card.brand, last4: card.last4 } : null;
};
