import Stripe from 'stripe';
import type { GatewayOutcome } from '../payment-gateway.ts';
import { orMissing } from './failures.ts';
import { outcomeOfRefund, outcomesOfIntent } from './outcomes.ts';

export const stripeSignatureHeader = 'stripe-signature';
/** Older than this, a delivery may be a replay. */
const toleranceS = 300;

export type StripeTold =
  /** Not signed with our secret, too old, or no event at all. */
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'told'; readonly eventId: string; readonly type: string; readonly outcomes: GatewayOutcome[] };

/**
 * Reads a webhook of Stripe; `body` is its bytes as they came. What it is about is read anew from Stripe: deliveries
 * are doubled, shuffled and late, and what they show may no longer be so. Throws `GatewayUnavailable` when it can't be
 * read now; Stripe then delivers again.
 */
export const readStripeWebhook = async (
  { stripe, secret }: { readonly stripe: Stripe; readonly secret: string },
  body: Uint8Array,
  header: string,
  now: Date,
): Promise<StripeTold> => {
  let event: Stripe.Event;
  try {
    // The bytes as text lose nothing: what is not UTF-8 has another signature.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
    event = stripe.webhooks.constructEvent(text, header, secret, toleranceS, undefined, now.getTime());
  } catch (error) {
    const isForged = error instanceof Stripe.errors.StripeSignatureVerificationError;
    return { status: 'refused', reason: isForged ? 'signature refused' : 'not understood' };
  }
  const { id: eventId, type } = event;
  const told = (outcomes: readonly GatewayOutcome[]): StripeTold => ({
    status: 'told',
    eventId,
    type,
    outcomes: [...outcomes],
  });
  const about: { readonly id?: unknown; readonly object?: unknown } = event.data?.object ?? {};
  if (typeof about.id !== 'string') return told([]);
  if (about.object === 'payment_intent') {
    const intent = await orMissing(stripe.paymentIntents.retrieve(about.id, { expand: ['latest_charge'] }));
    return told(intent ? outcomesOfIntent(intent) : []);
  }
  if (about.object === 'refund') {
    const refund = await orMissing(stripe.refunds.retrieve(about.id));
    const outcome = refund && outcomeOfRefund(refund);
    return told(outcome ? [outcome] : []);
  }
  return told([]);
};
