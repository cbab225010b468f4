import type { Database } from '#db/clients.ts';
import { capturedMinor, type ExistingPayment, refundedMinor } from '#domain/payment/state.ts';
import { derivedId } from '#domain/shared/derived-id.ts';
import type { Waybill } from '#domain/waybill/state.ts';

const challengePath = '/pay/challenge/';

const statusOf = ({ status }: ExistingPayment): 'authorized' | 'voided' | 'declined' | 'requires_action' | null =>
  status === 'authorized' || status === 'voided' || status === 'declined' || status === 'requires_action'
    ? status
    : null;

const outcomeOf = (payment: ExistingPayment, reference: object, gatewayReference: string) => {
  switch (payment.status) {
    case 'authorized': {
      const { requestedMinor: amountMinor, expiresAt } = payment;
      return { type: 'authorization.succeeded', reference, amountMinor, gatewayReference, expiresAt };
    }
    case 'requires_action':
      return { type: 'authorization.requires_action', reference, challengeUrl: payment.challengeUrl };
    default:
      return { type: 'authorization.declined', reference, code: 'card_declined' };
  }
};

/**
 * Tells the simulated gateway of the payments in the seed's stories, as if it had made them: it can then capture,
 * void and refund them, and is not asked twice for what it has already said.
 */
export const seedGateway = async (sql: Database, waybills: readonly Waybill[]): Promise<void> => {
  for (const payment of waybills.flatMap(({ payments }) => Object.values(payments))) {
    const status = statusOf(payment);
    if (!status) continue;
    const { paymentId, orderId, currency, requestedMinor } = payment;
    const correlationId = derivedId('seed-order', orderId);
    const reference = { orderId, paymentId, correlationId };
    const gatewayReference = payment.status === 'authorized' ? payment.gatewayReference : `seed_${paymentId}`;
    const challengeId =
      payment.status === 'requires_action' && payment.challengeUrl.startsWith(challengePath)
        ? payment.challengeUrl.slice(challengePath.length)
        : null;
    const outcome = outcomeOf(payment, reference, gatewayReference);
    await sql`
      insert into gateway.payments (payment_id, reference, status, currency, amount_minor, captured_minor,
        refunded_minor, challenge_id, metadata)
      values (${paymentId}, ${gatewayReference}, ${status}, ${currency}, ${requestedMinor},
        ${capturedMinor(payment)}, ${refundedMinor(payment)}, ${challengeId}, ${JSON.stringify(reference)}::text::jsonb)
      on conflict do nothing`;
    await sql`
      insert into gateway.operations (idempotency_key, payment_id, outcome)
      values (${`authorize:${paymentId}`}, ${paymentId}, ${JSON.stringify(outcome)}::text::jsonb)
      on conflict do nothing`;
  }
};
