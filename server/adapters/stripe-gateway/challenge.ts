import type Stripe from 'stripe';
import { orMissing } from './failures.ts';
import { referenceOf } from './outcomes.ts';

/** Where a bank's question is asked; `answered` when it no longer is. */
export type StripeChallenge = {
  readonly orderId: string;
  /** At Stripe, with a secret of this payment in it: for the customer's browser only, never to be kept. */
  readonly url: string | null;
};

/** The bank's question behind an intent; null for an intent that isn't Waybill's. */
export const findStripeChallenge = async (stripe: Stripe, intentId: string): Promise<StripeChallenge | null> => {
  if (!/^pi_[A-Za-z0-9]{1,60}$/.test(intentId)) return null;
  const intent = await orMissing(stripe.paymentIntents.retrieve(intentId));
  const reference = intent && referenceOf(intent.metadata);
  if (!reference) return null;
  const url = intent.status === 'requires_action' ? (intent.next_action?.redirect_to_url?.url ?? null) : null;
  // Customers are sent to Stripe, or nowhere.
  const isStripes = url !== null && /^https:\/\/([a-z0-9-]+\.)*stripe\.com\//.test(url);
  return { orderId: reference.orderId, url: isStripes ? url : null };
};
