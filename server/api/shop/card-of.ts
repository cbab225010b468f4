import { TRPCError } from '@trpc/server';
import { GatewayUnavailable } from '#server/adapters/payment-gateway.ts';
import { findStripeCard } from '#server/adapters/stripe-gateway/cards.ts';
import { findCard } from '#server/queries/card-token.ts';
import type { WaybillRuntime } from '#server/runtime/runtime.ts';

/** What may be shown of the card behind a token of whichever gateway takes the payments; null for no token of its. */
export const cardOf = async (
  runtime: Pick<WaybillRuntime, 'sql' | 'stripe'>,
  token: string,
): Promise<{ readonly brand: string; readonly last4: string } | null> => {
  if (!runtime.stripe) return findCard(runtime, token);
  try {
    return await findStripeCard(runtime.stripe.client, token);
  } catch (error) {
    if (!(error instanceof GatewayUnavailable)) throw error;
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause: error });
  }
};
