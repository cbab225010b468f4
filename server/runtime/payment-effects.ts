import { derivedId } from '#domain/shared/derived-id.ts';
import {
  type GatewayAnswer,
  GatewayCircuitOpen,
  type GatewayOutcome,
  type GatewayQuestion,
  type PaymentGateway,
} from '#server/adapters/payment-gateway.ts';
import { idempotencyKeyOf, type PaymentEffect } from '#server/processes/effects.ts';
import type { EffectResult, LeasedEffect, PerformEffects } from './effect-executor.ts';
import type { CommandRuntime } from './handle-command.ts';
import { recordOutcomes } from './record-outcomes.ts';

export type PaymentEffectsOptions = {
  readonly runtime: CommandRuntime;
  /** Each of its methods must settle within the lease of an effect (`resilientGateway`). */
  readonly gateway: PaymentGateway;
};

type Refused = { readonly status: 'refused'; readonly code: string };
const refused = (code: string): Refused => ({ status: 'refused', code });

const callFor = (gateway: PaymentGateway, question: GatewayQuestion): Promise<GatewayAnswer> => {
  switch (question.about) {
    case 'authorize':
      return gateway.authorize(question);
    case 'capture':
      return gateway.capture(question);
    case 'void':
      return gateway.void(question);
    case 'refund':
      return gateway.refund(question);
  }
};

/** How often a customer's answer to their bank is asked for. */
const challengeAskAfterMs = 60_000;

/** Makes the calls to the payment gateway. A call whose outcome is unknown is asked about before it is made again. */
export const performPaymentEffects = ({ runtime, gateway }: PaymentEffectsOptions): PerformEffects => {
  const record = async ({ effectId, causationId }: LeasedEffect, outcome: GatewayOutcome): Promise<EffectResult> => {
    await recordOutcomes(runtime, [{ commandId: derivedId('told', effectId, outcome.type), outcome, causationId }]);
    if (outcome.type !== 'authorization.requires_action') return { status: 'done' };
    // The customer's answer comes by webhook. It may be lost: asked for until it is known, or nobody waits any more.
    const [last] = (await runtime.store.readStream(`payment-${outcome.reference.paymentId}`)).slice(-1);
    const isAwaited = last?.event.type === 'PaymentActionRequired';
    return isAwaited ? { status: 'acknowledged', askAfterMs: challengeAskAfterMs } : { status: 'done' };
  };

  /** The call that an effect stands for; money that is held or taken is named as the gateway named it. */
  const questionFor = async (
    effect: PaymentEffect,
    { correlationId, causationId }: LeasedEffect,
  ): Promise<GatewayQuestion | Refused> => {
    const { orderId, paymentId } = effect;
    const call = {
      idempotencyKey: idempotencyKeyOf(effect),
      reference: { orderId, paymentId, correlationId, causationId },
    };
    if (effect.kind === 'authorize') {
      const { amountMinor, currency, method } = effect;
      return method.token
        ? { about: 'authorize', ...call, amountMinor, currency, token: method.token }
        : refused('no_card');
    }
    const events = (await runtime.store.readStream(`payment-${paymentId}`)).map(({ event }) => event);
    const requested = events.find((event) => event.type === 'AuthorizationRequested');
    const authorized = events.findLast((event) => event.type === 'PaymentAuthorized');
    if (!authorized) return refused('not_authorized');
    // Imported: the gateway has never heard of it.
    if (requested?.method.token === null) return refused('taken_elsewhere');
    const { gatewayReference, currency } = authorized;
    const about = { ...call, gatewayReference, currency };
    switch (effect.kind) {
      case 'capture':
        return { about: 'capture', ...about, captureId: effect.captureId, amountMinor: effect.amountMinor };
      case 'void':
        return { about: 'void', ...about };
      case 'refund':
        return { about: 'refund', ...about, refundId: effect.refundId, amountMinor: effect.amountMinor };
    }
  };

  /** A refusal is an outcome like another, where the domain has a word for it. */
  const refusal = async (leased: LeasedEffect, effect: PaymentEffect, code: string): Promise<EffectResult> => {
    const { orderId, paymentId } = effect;
    const { correlationId, causationId } = leased;
    const reference = { orderId, paymentId, correlationId, causationId };
    switch (effect.kind) {
      case 'authorize':
        return record(leased, { type: 'authorization.declined', reference, code });
      case 'capture':
        return record(leased, { type: 'capture.failed', reference, captureId: effect.captureId, code });
      case 'refund':
        return record(leased, { type: 'refund.failed', reference, refundId: effect.refundId, code });
      case 'void':
        return { status: 'gave_up', error: `The gateway refused to release the money: ${code}` };
    }
  };

  const perform = async (leased: LeasedEffect, effect: PaymentEffect): Promise<EffectResult> => {
    const question = await questionFor(effect, leased);
    if ('status' in question) return refusal(leased, effect, question.code);
    if (leased.attempts > 1) {
      const inquiry = await gateway.inquire(question);
      if (inquiry.status === 'pending') return { status: 'acknowledged' };
      if (inquiry.status === 'settled') return record(leased, inquiry.outcome);
    }
    const answer = await callFor(gateway, question);
    if (answer.status === 'accepted') return { status: 'acknowledged' };
    if (answer.status === 'refused') return refusal(leased, effect, answer.code);
    return record(leased, answer.outcome);
  };

  const performOrPostpone = async (leased: LeasedEffect): Promise<EffectResult> => {
    const { effect } = leased;
    if (effect.kind === 'mail') return { status: 'gave_up', error: 'A mail in the lane of payments' };
    try {
      return await perform(leased, effect);
    } catch (error) {
      if (!(error instanceof GatewayCircuitOpen)) throw error;
      return { status: 'postponed', until: error.retryAt, error: error.message };
    }
  };

  return (effects) => effects.map(performOrPostpone);
};
