import type Stripe from 'stripe';
import { z } from 'zod';
import type { GatewayOutcome, PaymentReference } from '../payment-gateway.ts';
import { fromStripeAmount } from './amounts.ts';
import { declineCodeOf } from './failures.ts';

const day = 24 * 60 * 60;
/** How long a bank holds the money for us, where the charge doesn't say. https://docs.stripe.com/payments/place-a-hold-on-a-payment-method */
const authorizationLastsS = 7 * day;
/** A capture that was made stands in the intent's metadata under this and its id: 40 characters at most. */
const capturePrefix = 'c:';

const referenceSchema = z.object({
  orderId: z.uuid(),
  paymentId: z.uuid(),
  correlationId: z.string().min(1).max(80),
  causationId: z.uuid().optional(),
});

/** What the metadata of an object say that it is about; null for one that isn't Waybill's. */
export const referenceOf = (metadata: Stripe.Metadata | null): PaymentReference | null =>
  referenceSchema.safeParse(metadata).data ?? null;

export const metadataOf = ({ causationId, ...reference }: PaymentReference): Record<string, string> => ({
  ...reference,
  ...(causationId === undefined ? {} : { causationId }),
});

export const captureMark = (captureId: string): string => `${capturePrefix}${captureId}`;

/** Our own page, which asks Stripe for the bank's address: that one holds a secret, and events are for ever. */
export const challengePath = (intentId: string): string => `/api/payments/challenge/${intentId}`;

export const chargeOf = ({ latest_charge: charge }: Stripe.PaymentIntent): Stripe.Charge | null =>
  typeof charge === 'object' ? charge : null;

const expiresAt = (intent: Stripe.PaymentIntent): string => {
  const before = chargeOf(intent)?.payment_method_details?.card?.capture_before;
  return new Date((before ?? intent.created + authorizationLastsS) * 1_000).toISOString();
};

const authorizationOf = (intent: Stripe.PaymentIntent, reference: PaymentReference): GatewayOutcome | null => {
  switch (intent.status) {
    case 'requires_capture':
    case 'succeeded':
      return {
        type: 'authorization.succeeded',
        reference,
        amountMinor: fromStripeAmount(intent.amount, intent.currency),
        gatewayReference: intent.id,
        expiresAt: expiresAt(intent),
      };
    case 'requires_action':
      return { type: 'authorization.requires_action', reference, challengeUrl: challengePath(intent.id) };
    case 'requires_payment_method':
      return { type: 'authorization.declined', reference, code: declineCodeOf(intent.last_payment_error ?? {}) };
    case 'canceled':
      return { type: 'authorization.expired', reference };
    default:
      // processing, requires_confirmation: nothing has come of it yet.
      return null;
  }
};

/** Everything that an intent, as it is now, says about its payment. Expand `latest_charge` for the true expiry. */
export const outcomesOfIntent = (intent: Stripe.PaymentIntent): readonly GatewayOutcome[] => {
  const reference = referenceOf(intent.metadata);
  if (!reference) return [];
  if (intent.status === 'canceled' && !['automatic', 'expired'].includes(intent.cancellation_reason ?? ''))
    return [{ type: 'void.succeeded', reference }];
  const authorization = authorizationOf(intent, reference);
  const captures = Object.keys(intent.metadata)
    .filter((key) => key.startsWith(capturePrefix))
    .map((key): GatewayOutcome => {
      return { type: 'capture.succeeded', reference, captureId: key.slice(capturePrefix.length) };
    });
  // Once all that will be is captured, the authorization is history.
  return authorization && intent.status !== 'succeeded' ? [authorization, ...captures] : captures;
};

/** What became of the call that made this intent; null while nothing has. */
export const authorizationOutcome = (intent: Stripe.PaymentIntent): GatewayOutcome | null => {
  const reference = referenceOf(intent.metadata);
  return reference && authorizationOf(intent, reference);
};

/** What became of a refund; null while it is pending, and for one that isn't Waybill's. */
export const outcomeOfRefund = (refund: Stripe.Refund): GatewayOutcome | null => {
  const reference = referenceOf(refund.metadata);
  const refundId = refund.metadata?.refundId;
  if (!reference || !refundId) return null;
  switch (refund.status) {
    case 'succeeded':
      return { type: 'refund.succeeded', reference, refundId };
    case 'failed':
    case 'canceled':
      return {
        type: 'refund.failed',
        reference,
        refundId,
        code: (refund.failure_reason || refund.status).slice(0, 60),
      };
    default:
      return null;
  }
};
