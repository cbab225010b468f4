import type Stripe from 'stripe';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { GatewayOutcome } from '#server/adapters/payment-gateway.ts';
import { readStripeWebhook, stripeSignatureHeader } from '#server/adapters/stripe-gateway/webhook.ts';
import { recordOutcomes } from '#server/runtime/record-outcomes.ts';
import type { WebhookDependencies, WebhookResult } from './payments.ts';

export type StripeWebhookDependencies = WebhookDependencies & { readonly stripe: Stripe };

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const answer = (status: WebhookResult['status'], result: string): WebhookResult => ({ status, body: { result } });

/** What an outcome is about, beside its payment: an intent tells of several captures at once. */
const movementOf = (outcome: GatewayOutcome): string => {
  if ('captureId' in outcome) return outcome.captureId;
  return 'refundId' in outcome ? outcome.refundId : '';
};

/**
 * Takes a webhook of Stripe, recorded as the simulated gateway's are (`receivePaymentWebhook`): doubled, shuffled and
 * late deliveries change nothing. 400: forged, stale or no event. 500: Stripe delivers again, for three days.
 */
export const receiveStripeWebhook = async (
  dependencies: StripeWebhookDependencies,
  rawBody: Uint8Array,
  headers: Headers,
): Promise<WebhookResult> => {
  const { runtime, stripe, secret, log, now = () => new Date() } = dependencies;
  const header = headers[stripeSignatureHeader];
  try {
    const told = await readStripeWebhook({ stripe, secret }, rawBody, typeof header === 'string' ? header : '', now());
    if (told.status === 'refused') {
      log.warn({ reason: told.reason }, 'a webhook of Stripe was refused');
      return answer(400, told.reason);
    }
    const { eventId, type, outcomes } = told;
    const recorded = await recordOutcomes(
      runtime,
      outcomes.map((outcome) => ({
        commandId: derivedId('webhook', eventId, outcome.type, movementOf(outcome)),
        outcome,
      })),
    );
    for (const [index, result] of recorded.entries()) {
      if (result.status !== 'rejected' && result.status !== 'failed') continue;
      log.warn({ eventId, type, outcome: outcomes[index], result }, 'Stripe told what does not fit');
    }
    // The order may say refunded already: then only a person can make it right (docs/runbooks/payments.md).
    for (const outcome of outcomes)
      if (outcome.type === 'refund.failed') log.error({ eventId, outcome }, 'a refund failed at Stripe');
    return answer(200, outcomes.length > 0 ? 'received' : 'not ours');
  } catch (error) {
    log.error({ err: error }, 'a webhook of Stripe could not be recorded; it will come again');
    return answer(500, 'try again');
  }
};
