import type { PaymentCommand } from '#domain/payment/decide.ts';
import type { OrderId, PaymentId } from '#domain/shared/ids.ts';
import type { GatewayOutcome } from '#server/adapters/payment-gateway.ts';
import type { CommandRuntime } from './handle-command.ts';
import { handleWaybillCommands, type SystemOutcome } from './handle-waybill-commands.ts';

/** Something that the gateway has told, under the id that makes telling it again harmless. */
export type ToldOutcome = {
  readonly commandId: string;
  readonly outcome: GatewayOutcome;
  /** The event that asked for it, where who tells knows it; else the gateway says, as far as it kept it. */
  readonly causationId?: string;
};

const commandOf = (outcome: GatewayOutcome): PaymentCommand => {
  const orderId = outcome.reference.orderId as OrderId;
  const paymentId = outcome.reference.paymentId as PaymentId;
  const keys = { orderId, paymentId };
  switch (outcome.type) {
    case 'authorization.succeeded': {
      const { amountMinor, gatewayReference, expiresAt } = outcome;
      return { type: 'RecordAuthorization', ...keys, amountMinor, gatewayReference, expiresAt };
    }
    case 'authorization.declined':
      return { type: 'RecordDecline', ...keys, code: outcome.code };
    case 'authorization.requires_action':
      return { type: 'RequireAction', ...keys, challengeUrl: outcome.challengeUrl };
    case 'authorization.expired':
      return { type: 'ExpireAuthorization', ...keys };
    case 'capture.succeeded':
      return { type: 'RecordCapture', ...keys, captureId: outcome.captureId };
    case 'capture.failed':
      return { type: 'RecordCaptureFailure', ...keys, captureId: outcome.captureId, code: outcome.code };
    case 'void.succeeded':
      return { type: 'RecordVoid', ...keys };
    case 'refund.succeeded':
      return { type: 'RecordRefund', ...keys, refundId: outcome.refundId };
    case 'refund.failed':
      return { type: 'RecordRefundFailure', ...keys, refundId: outcome.refundId, code: outcome.code };
  }
};

/** Records what the gateway has told, many answers in few transactions. Answers in the order given. */
export const recordOutcomes = (runtime: CommandRuntime, told: readonly ToldOutcome[]): Promise<SystemOutcome[]> =>
  handleWaybillCommands(
    runtime,
    told.map(({ commandId, outcome, causationId }) => ({
      commandId,
      actor: { id: 'gateway', role: 'system' },
      orderKey: outcome.reference.orderId,
      command: () => commandOf(outcome),
      correlationId: outcome.reference.correlationId,
      causationId: causationId ?? outcome.reference.causationId ?? null,
    })),
  );
