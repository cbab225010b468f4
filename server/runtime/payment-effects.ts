import { type GatewayAnswer, GatewayUnavailable, type PaymentGateway } from '#server/adapters/payment-gateway.ts';
import { derivedId } from '#server/processes/derived-id.ts';
import { idempotencyKeyOf, type PaymentEffect } from '#server/processes/effects.ts';
import type { EffectResult, LeasedEffect, PerformEffects } from './effect-executor.ts';
import type { CommandRuntime } from './handle-command.ts';
import { recordOutcomes } from './record-outcomes.ts';

export type PaymentEffectsOptions = {
  readonly runtime: CommandRuntime;
  readonly gateway: PaymentGateway;
  /** Longer than this, and the outcome of a call is unknown. */
  readonly timeoutMs?: number;
};

const withTimeout = async <Result>(call: Promise<Result>, ms: number): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new GatewayUnavailable(`The gateway did not answer within ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([call, late]);
  } finally {
    clearTimeout(timer);
  }
};

const callFor = (gateway: PaymentGateway, effect: PaymentEffect, correlationId: string): Promise<GatewayAnswer> => {
  const { orderId, paymentId } = effect;
  const call = { idempotencyKey: idempotencyKeyOf(effect), reference: { orderId, paymentId, correlationId } };
  switch (effect.kind) {
    case 'authorize': {
      const { amountMinor, currency, method } = effect;
      if (!method.token) return Promise.resolve({ status: 'refused', code: 'no_card' });
      return gateway.authorize({ ...call, amountMinor, currency, token: method.token });
    }
    case 'capture':
      return gateway.capture({ ...call, captureId: effect.captureId, amountMinor: effect.amountMinor });
    case 'void':
      return gateway.void(call);
    case 'refund':
      return gateway.refund({ ...call, refundId: effect.refundId, amountMinor: effect.amountMinor });
  }
};

/** Makes the calls to the payment gateway. A call whose outcome is unknown is asked about before it is made again. */
export const performPaymentEffects = ({
  runtime,
  gateway,
  timeoutMs = 10_000,
}: PaymentEffectsOptions): PerformEffects => {
  const record = async (effectId: string, outcome: Parameters<typeof recordOutcomes>[1][number]['outcome']) => {
    await recordOutcomes(runtime, [{ commandId: derivedId('told', effectId, outcome.type), outcome }]);
  };

  /** A refusal is an outcome like another, where the domain has a word for it. */
  const refusal = async (leased: LeasedEffect, effect: PaymentEffect, code: string): Promise<EffectResult> => {
    const { orderId, paymentId } = effect;
    const reference = { orderId, paymentId, correlationId: leased.correlationId };
    switch (effect.kind) {
      case 'authorize':
        await record(leased.effectId, { type: 'authorization.declined', reference, code });
        return { status: 'done' };
      case 'capture':
        await record(leased.effectId, { type: 'capture.failed', reference, captureId: effect.captureId, code });
        return { status: 'done' };
      case 'refund':
        await record(leased.effectId, { type: 'refund.failed', reference, refundId: effect.refundId, code });
        return { status: 'done' };
      case 'void':
        return { status: 'gave_up', error: `The gateway refused to release the money: ${code}` };
    }
  };

  const perform = async (leased: LeasedEffect): Promise<EffectResult> => {
    const { effect } = leased;
    if (effect.kind === 'mail') return { status: 'gave_up', error: 'A mail in the lane of payments' };
    if (leased.attempts > 1) {
      const inquiry = await withTimeout(gateway.inquire(idempotencyKeyOf(effect)), timeoutMs);
      if (inquiry.status === 'settled') {
        await record(leased.effectId, inquiry.outcome);
        return { status: 'done' };
      }
    }
    const answer = await withTimeout(callFor(gateway, effect, leased.correlationId), timeoutMs);
    return answer.status === 'accepted' ? { status: 'acknowledged' } : refusal(leased, effect, answer.code);
  };

  return (effects) => effects.map(perform);
};
