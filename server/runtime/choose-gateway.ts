import type { Database } from '#db/clients.ts';
import type { PaymentGateway } from '#server/adapters/payment-gateway.ts';
import { createSimulatedGateway } from '#server/adapters/simulated-gateway/gateway.ts';
import { createStripeGateway } from '#server/adapters/stripe-gateway/gateway.ts';
import { createStripeClient } from '#server/adapters/stripe-gateway/stripe-client.ts';
import type { Env } from '#server/env.ts';

export type GatewayParts = {
  readonly sql: Database;
  /** Called when the simulated gateway has a webhook to deliver; Stripe delivers its own. */
  readonly onAnswer: () => void;
};

/** The gateway that the environment names: `PAYMENT_GATEWAY`. */
export const chooseGateway = (env: Pick<Env, 'stripe' | 'PUBLIC_URL'>, parts: GatewayParts): PaymentGateway =>
  env.stripe
    ? createStripeGateway({ stripe: createStripeClient(env.stripe), publicUrl: env.PUBLIC_URL })
    : createSimulatedGateway({ ...parts, answersAtOnce: true });
