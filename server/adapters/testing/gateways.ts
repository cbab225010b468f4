import { closeSql, openSql } from '#db/clients.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import type { GatewayOutcome, PaymentGateway } from '../payment-gateway.ts';
import { completeChallenge } from '../simulated-gateway/challenge.ts';
import { createSimulatedGateway } from '../simulated-gateway/gateway.ts';
import { tokenize } from '../simulated-gateway/tokenize.ts';
import { createStripeGateway } from '../stripe-gateway/gateway.ts';
import { createStripeClient } from '../stripe-gateway/stripe-client.ts';
import { signedEvent, startLocalStripe } from '../stripe-gateway/testing/local-stripe.ts';
import { readStripeWebhook, stripeSignatureHeader } from '../stripe-gateway/webhook.ts';

export type CardKind = 'approve' | 'decline' | 'insufficientFunds' | 'challenge';

/** A gateway with all that a test has to do on its other side. */
export type GatewayUnderTest = {
  readonly gateway: PaymentGateway;
  token(card: CardKind): Promise<string>;
  /** What its webhooks have told since the last time. */
  told(): Promise<GatewayOutcome[]>;
  /** The customer's answer to their bank. */
  answerChallenge(challengeUrl: string, approves: boolean): Promise<void>;
  /** What the gateway itself has in its books for a payment: how often it stands there, and its money in minor units. */
  books(paymentId: string): Promise<{
    readonly payments: number;
    readonly capturedMinor: number;
    readonly refundedMinor: number;
  }>;
  close(): Promise<void>;
};

const simulatedCards: Readonly<Record<CardKind, string>> = {
  approve: '4242424242424242',
  decline: '4000000000000002',
  insufficientFunds: '4000000000009995',
  challenge: '4000002500003155',
};

export const openSimulated = async (answersAtOnce = false): Promise<GatewayUnderTest> => {
  const database = await createTestDatabase();
  const sql = openSql(database.workerUrl, { max: 4, applicationName: 'test-gateway' });
  return {
    gateway: createSimulatedGateway({ sql, answersAtOnce }),
    token: async (card) => {
      const tokenized = await tokenize(sql, { number: simulatedCards[card], expiry: '12/39', cvc: '123' });
      if (!tokenized.ok) throw new Error(tokenized.code);
      return tokenized.token;
    },
    told: async () => {
      const rows = await sql<{ event: { outcome: GatewayOutcome } }[]>`
        delete from gateway.webhook_deliveries returning event`;
      return rows.map(({ event }) => event.outcome);
    },
    answerChallenge: async (url, approves) => {
      await completeChallenge(sql, url.replace('/pay/challenge/', ''), approves);
    },
    books: async (paymentId) => {
      const rows = await sql<{ captured: number; refunded: number }[]>`
        select captured_minor as captured, refunded_minor as refunded from gateway.payments
        where payment_id = ${paymentId}`;
      const [row] = rows;
      return { payments: rows.length, capturedMinor: row?.captured ?? 0, refundedMinor: row?.refunded ?? 0 };
    },
    close: async () => {
      await closeSql(sql, 1);
      await database.drop();
    },
  };
};

const stripeCards: Readonly<Record<CardKind, string>> = {
  approve: 'pm_card_visa',
  decline: 'pm_card_chargeDeclined',
  insufficientFunds: 'pm_card_chargeDeclinedInsufficientFunds',
  challenge: 'pm_card_authenticationRequired',
};

export const openStripe = async (timeoutMs = 2_000) => {
  const local = await startLocalStripe();
  const stripe = createStripeClient({ secretKey: local.secretKey, apiUrl: local.url, timeoutMs });
  const secret = 'whsec_a secret between Stripe and the shop'.replaceAll(' ', '_');
  const underTest: GatewayUnderTest = {
    gateway: createStripeGateway({ stripe, publicUrl: 'https://shop.example' }),
    token: (card) => Promise.resolve(stripeCards[card]),
    told: async () => {
      const outcomes: GatewayOutcome[] = [];
      for (const event of local.takeEvents()) {
        const { body, headers } = signedEvent(secret, event, new Date());
        const told = await readStripeWebhook({ stripe, secret }, body, headers[stripeSignatureHeader], new Date());
        if (told.status === 'refused') throw new Error(told.reason);
        outcomes.push(...told.outcomes);
      }
      return outcomes;
    },
    answerChallenge: async (url, approves) => {
      local.objects.answerChallenge(url.replace('/api/payments/challenge/', ''), approves);
    },
    books: async (paymentId) => {
      const intents = [...local.objects.intents.values()].filter(({ metadata }) => metadata.paymentId === paymentId);
      const [intent] = intents;
      return {
        payments: intents.length,
        capturedMinor: intent?.amountReceived ?? 0,
        refundedMinor: intent?.amountRefunded ?? 0,
      };
    },
    close: () => local.close(),
  };
  return { ...underTest, local, stripe, secret };
};
