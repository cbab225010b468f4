import type Stripe from 'stripe';
import type {
  AuthorizeCall,
  CaptureCall,
  GatewayAnswer,
  GatewayInquiry,
  GatewayOutcome,
  GatewayQuestion,
  PaymentGateway,
  RefundCall,
  VoidCall,
} from '../payment-gateway.ts';
import { toStripeAmount } from './amounts.ts';
import { failureOf, orMissing } from './failures.ts';
import { authorizationOutcome, captureMark, chargeOf, metadataOf, outcomeOfRefund } from './outcomes.ts';

export type StripeGatewayOptions = {
  readonly stripe: Stripe;
  /** Where customers come back to from their bank: `PUBLIC_URL`. */
  readonly publicUrl: string;
};

const withCharge = { expand: ['latest_charge'] };
const refused = (code: string): GatewayAnswer => ({ status: 'refused', code });
const settled = (outcome: GatewayOutcome) => ({ status: 'settled', outcome }) as const;
const unknown: GatewayInquiry = { status: 'unknown' };
const impossible = refused('amount_not_possible');

/**
 * Stripe, by PaymentIntents with manual capture. Each call carries its idempotency key, which Stripe remembers for a
 * day. What an answer that was lost had said is asked for: an authorization by search on its metadata, which lags by a
 * minute, in outages an hour, hence is sure long before Stripe forgets the key; everything else by reading the intent.
 */
export const createStripeGateway = ({ stripe, publicUrl }: StripeGatewayOptions): PaymentGateway => {
  const intentOf = (id: string): Promise<Stripe.PaymentIntent | null> =>
    orMissing(stripe.paymentIntents.retrieve(id, withCharge));

  const inquireAuthorization = async ({ reference }: AuthorizeCall): Promise<GatewayInquiry> => {
    const query = `metadata['paymentId']:'${reference.paymentId}'`;
    const found = await orMissing(stripe.paymentIntents.search({ query, limit: 1 }));
    const id = found?.data[0]?.id;
    // What a search shows may be old: the intent itself is not.
    const intent = id ? await intentOf(id) : null;
    if (!intent) return unknown;
    const outcome = authorizationOutcome(intent);
    return outcome ? settled(outcome) : { status: 'pending' };
  };

  const inquireRefund = async (call: RefundCall): Promise<GatewayInquiry> => {
    const { refundId, gatewayReference } = call;
    const refunds = stripe.refunds.list({ payment_intent: gatewayReference, limit: 100 });
    const all = await orMissing(refunds.autoPagingToArray({ limit: 1_000 }));
    const refund = all?.find(({ metadata }) => metadata?.refundId === refundId);
    if (!refund) return unknown;
    const outcome = outcomeOfRefund(refund);
    return outcome ? settled(outcome) : { status: 'pending' };
  };

  const inquire = async (question: GatewayQuestion): Promise<GatewayInquiry> => {
    const { reference } = question;
    switch (question.about) {
      case 'authorize':
        return inquireAuthorization(question);
      case 'capture': {
        const { captureId } = question;
        const intent = await intentOf(question.gatewayReference);
        return intent && captureMark(captureId) in intent.metadata
          ? settled({ type: 'capture.succeeded', reference, captureId })
          : unknown;
      }
      case 'void': {
        const intent = await intentOf(question.gatewayReference);
        // Stripe lets go of the rest by itself when a part was captured for good.
        const isReleased =
          intent?.status === 'canceled' || (intent?.status === 'succeeded' && intent.amount_received < intent.amount);
        return isReleased ? settled({ type: 'void.succeeded', reference }) : unknown;
      }
      case 'refund':
        return inquireRefund(question);
    }
  };

  /** What Stripe won't do may be done already. */
  const afterFailure = async (error: unknown, question: GatewayQuestion): Promise<GatewayAnswer> => {
    const failure = failureOf(error);
    if (failure.kind === 'unavailable') throw failure.error;
    const inquiry = await inquire(question);
    if (inquiry.status === 'settled') return inquiry;
    return inquiry.status === 'pending' ? { status: 'accepted' } : refused(failure.code);
  };

  const authorize = async (call: AuthorizeCall): Promise<GatewayAnswer> => {
    const { reference, currency, token, idempotencyKey } = call;
    // A token of another gateway, from before this one was chosen.
    if (!token.startsWith('pm_')) return refused('token_unknown');
    const amount = toStripeAmount(call.amountMinor, currency);
    if (amount === null) return impossible;
    try {
      const intent = await stripe.paymentIntents.create(
        {
          amount,
          currency: currency.toLowerCase(),
          capture_method: 'manual',
          confirm: true,
          payment_method: token,
          allowed_payment_method_types: ['card'],
          // An order that goes out in several parcels is paid parcel by parcel.
          payment_method_options: { card: { request_multicapture: 'if_available' } },
          return_url: `${publicUrl}/api/payments/return/${reference.orderId}`,
          metadata: metadataOf(reference),
          ...withCharge,
        },
        { idempotencyKey },
      );
      const outcome = authorizationOutcome(intent);
      return outcome ? settled(outcome) : { status: 'accepted' };
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === 'unavailable') throw failure.error;
      if (failure.kind === 'refused') return refused(failure.code);
      return settled({ type: 'authorization.declined', reference, code: failure.code });
    }
  };

  const capture = async (call: CaptureCall): Promise<GatewayAnswer> => {
    const { reference, captureId, gatewayReference, currency, idempotencyKey } = call;
    const amount = toStripeAmount(call.amountMinor, currency);
    if (amount === null) return impossible;
    const before = await intentOf(gatewayReference);
    if (!before) return refused('resource_missing');
    const done: GatewayOutcome = { type: 'capture.succeeded', reference, captureId };
    if (captureMark(captureId) in before.metadata) return settled(done);
    const mayCaptureAgain = chargeOf(before)?.payment_method_details?.card?.multicapture?.status === 'available';
    const leavesSome = amount < before.amount_capturable;
    try {
      await stripe.paymentIntents.capture(
        gatewayReference,
        {
          amount_to_capture: amount,
          // Written with the capture or not at all: what an inquiry goes by.
          metadata: { [captureMark(captureId)]: String(amount) },
          ...(mayCaptureAgain && leavesSome ? { final_capture: false } : {}),
        },
        { idempotencyKey },
      );
      return settled(done);
    } catch (error) {
      return afterFailure(error, { about: 'capture', ...call });
    }
  };

  const release = async (call: VoidCall): Promise<GatewayAnswer> => {
    const { gatewayReference, idempotencyKey } = call;
    const before = await intentOf(gatewayReference);
    if (!before) return refused('resource_missing');
    const { paymentIntents } = stripe;
    try {
      // Once a part was captured, the rest is released by a last capture of nothing.
      if (before.amount_received > 0 && before.status === 'requires_capture')
        await paymentIntents.capture(
          gatewayReference,
          { amount_to_capture: 0, final_capture: true },
          { idempotencyKey },
        );
      else
        await paymentIntents.cancel(
          gatewayReference,
          { cancellation_reason: 'requested_by_customer' },
          { idempotencyKey },
        );
      return settled({ type: 'void.succeeded', reference: call.reference });
    } catch (error) {
      return afterFailure(error, { about: 'void', ...call });
    }
  };

  const refund = async (call: RefundCall): Promise<GatewayAnswer> => {
    const { reference, refundId, gatewayReference, idempotencyKey } = call;
    const amount = toStripeAmount(call.amountMinor, call.currency);
    if (amount === null) return impossible;
    try {
      const made = await stripe.refunds.create(
        { payment_intent: gatewayReference, amount, metadata: { ...metadataOf(reference), refundId } },
        { idempotencyKey },
      );
      const outcome = outcomeOfRefund(made);
      return outcome ? settled(outcome) : { status: 'accepted' };
    } catch (error) {
      return afterFailure(error, { about: 'refund', ...call });
    }
  };

  return { authorize, capture, void: release, refund, inquire };
};
