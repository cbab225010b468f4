import Stripe from 'stripe';

export type StripeClientOptions = {
  readonly secretKey: string;
  /** Where Stripe answers; another address only in tests. */
  readonly apiUrl?: string | undefined;
  /** The longest that one request may take. */
  readonly timeoutMs?: number;
};

/**
 * Stripe's own SDK. It retries nothing but a connection that was closed (with the same key): `resilientGateway` does,
 * for whichever gateway.
 */
export const createStripeClient = ({ secretKey, apiUrl, timeoutMs = 5_000 }: StripeClientOptions): Stripe => {
  const url = new URL(apiUrl ?? 'https://api.stripe.com');
  return new Stripe(secretKey, {
    protocol: url.protocol === 'http:' ? 'http' : 'https',
    host: url.hostname,
    port: url.port || (url.protocol === 'http:' ? 80 : 443),
    maxNetworkRetries: 0,
    timeout: timeoutMs,
    telemetry: false,
  });
};
