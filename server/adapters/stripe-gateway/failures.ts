import Stripe from 'stripe';
import { GatewayUnavailable } from '../payment-gateway.ts';

const codeMost = 60;

/** Stripe asks that customers aren't told why these were declined. https://docs.stripe.com/declines/codes */
const unspoken: ReadonlySet<string> = new Set([
  'generic_decline',
  'fraudulent',
  'lost_card',
  'stolen_card',
  'pickup_card',
  'restricted_card',
  'security_violation',
  'merchant_blacklist',
]);

/** Why a bank said no, in the words that the simulated gateway has too. */
export const declineCodeOf = (error: {
  readonly code?: string | null | undefined;
  readonly decline_code?: string | null | undefined;
}): string => {
  const { code, decline_code: declineCode } = error;
  if (code === 'payment_intent_authentication_failure') return 'authentication_failed';
  if (declineCode && !unspoken.has(declineCode)) return declineCode.slice(0, codeMost);
  return (code || 'card_declined').slice(0, codeMost);
};

/** What an error of Stripe's SDK says of the call. */
export type Failure =
  | { readonly kind: 'declined'; readonly code: string }
  /** The call makes no sense as things are; nothing was done by it. */
  | { readonly kind: 'refused'; readonly code: string }
  /** Whether it counts is not known. */
  | { readonly kind: 'unavailable'; readonly error: GatewayUnavailable };

/**
 * A wrong key of ours (401, 403) counts as unavailable: no customer is declined for it. So does a key that was used
 * with other parameters: it was made, with an outcome that has to be asked for. Errors that aren't Stripe's are thrown
 * on: they are bugs.
 */
export const failureOf = (error: unknown): Failure => {
  if (!(error instanceof Stripe.errors.StripeError)) throw error;
  if (error instanceof Stripe.errors.StripeCardError) return { kind: 'declined', code: declineCodeOf(error) };
  if (error instanceof Stripe.errors.StripeInvalidRequestError)
    return { kind: 'refused', code: (error.code || 'invalid_request').slice(0, codeMost) };
  const said = [error.statusCode, error.code ?? error.rawType, error.message].filter(Boolean).join(' ');
  const request = error.requestId ? ` (${error.requestId})` : '';
  return { kind: 'unavailable', error: new GatewayUnavailable(`Stripe: ${said}${request}`, { cause: error }) };
};

/** For calls that have no outcome of their own, such as a read. Null where Stripe knows no such thing. */
export const orMissing = async <Result>(call: Promise<Result>): Promise<Result | null> => {
  try {
    return await call;
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind === 'unavailable') throw failure.error;
    if (failure.code === 'resource_missing') return null;
    throw error;
  }
};
