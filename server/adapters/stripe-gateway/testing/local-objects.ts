import { randomBytes } from 'node:crypto';
import { type FormValue, fieldsOf, textOf } from './form.ts';

/** What Stripe answers to a request. */
export type Reply = { readonly status: number; readonly body: Record<string, unknown> };
export const failed = (status: number, type: string, code: string, message: string, more: object = {}): Reply => ({
  status,
  body: { error: { type, code, message, ...more } },
});
const invalid = (code: string, message: string, param?: string): Reply =>
  failed(400, 'invalid_request_error', code, message, param ? { param } : {});
const missing = (id: string): Reply =>
  failed(404, 'invalid_request_error', 'resource_missing', `No such object: '${id}'`, { param: 'intent' });

export type Intent = {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly created: number;
  readonly card: string;
  readonly returnUrl: string | null;
  metadata: Record<string, string>;
  status: string;
  amountCapturable: number;
  amountReceived: number;
  amountRefunded: number;
  cancellationReason: string | null;
  lastError: Record<string, string> | null;
};
type Refund = {
  readonly id: string;
  readonly intent: string;
  readonly amount: number;
  readonly metadata: Record<string, string>;
  status: string;
  failureReason: string | null;
};

/** What Stripe's own test cards do, by the name of their payment method. */
const declines: Readonly<Record<string, Record<string, string>>> = {
  pm_card_chargeDeclined: { code: 'card_declined', decline_code: 'generic_decline' },
  pm_card_chargeDeclinedInsufficientFunds: { code: 'card_declined', decline_code: 'insufficient_funds' },
  pm_card_chargeDeclinedStolenCard: { code: 'card_declined', decline_code: 'stolen_card' },
};
const known: ReadonlySet<string> = new Set([
  ...Object.keys(declines),
  ...['pm_card_visa', 'pm_card_authenticationRequired', 'pm_card_pendingRefund', 'pm_card_refundFail'],
  // Ours: a card whose network takes one capture only.
  'pm_card_single_capture',
  // Ours: a bank's question at an address that isn't Stripe's.
  'pm_card_question_elsewhere',
]);

export type Emit = (type: string, object: Record<string, unknown>) => void;

/** PaymentIntents with manual capture, their refunds and their cards, as Stripe's API shows and moves them. */
export const createLocalObjects = (emit: Emit) => {
  const intents = new Map<string, Intent>();
  const refunds = new Map<string, Refund>();
  const indexed = new Set<string>();
  const newId = (prefix: string): string => `${prefix}_${randomBytes(12).toString('hex')}`;

  const showIntent = (intent: Intent, expandsCharge: boolean): Record<string, unknown> => {
    const { id, amount, currency, created, card, returnUrl, metadata, status } = intent;
    const hasCharge = ['requires_capture', 'succeeded'].includes(status) || intent.lastError !== null;
    const charge = {
      id: `ch_${id.slice(3)}`,
      object: 'charge',
      amount,
      payment_method_details: {
        type: 'card',
        card: {
          capture_before: created + 6 * 24 * 60 * 60,
          multicapture: { status: card === 'pm_card_single_capture' ? 'unavailable' : 'available' },
        },
      },
    };
    const host = card === 'pm_card_question_elsewhere' ? 'stripe.com.evil.example' : 'hooks.stripe.com';
    const redirect = { url: `https://${host}/3d_secure_2/hosted?payment_intent=${id}`, return_url: returnUrl };
    return {
      ...{
        id,
        object: 'payment_intent',
        amount,
        currency,
        created,
        metadata: { ...metadata },
        status,
        livemode: false,
      },
      ...{ amount_capturable: intent.amountCapturable, amount_received: intent.amountReceived },
      ...{ capture_method: 'manual', payment_method: card, payment_method_types: ['card'] },
      ...{ cancellation_reason: intent.cancellationReason, last_payment_error: intent.lastError },
      client_secret: `${id}_secret_x`,
      latest_charge: hasCharge ? (expandsCharge ? charge : charge.id) : null,
      next_action: status === 'requires_action' ? { type: 'redirect_to_url', redirect_to_url: redirect } : null,
    };
  };
  const showRefund = ({ id, intent, amount, metadata, status, failureReason }: Refund): Record<string, unknown> => ({
    ...{ id, object: 'refund', amount, payment_intent: intent, metadata: { ...metadata }, status },
    ...(failureReason ? { failure_reason: failureReason } : {}),
  });
  const ok = (body: Record<string, unknown>): Reply => ({ status: 200, body });
  const told = (type: string, intent: Intent): void => emit(type, showIntent(intent, false));

  const authorize = (intent: Intent): void => {
    intent.status = 'requires_capture';
    intent.amountCapturable = intent.amount;
    told('payment_intent.amount_capturable_updated', intent);
  };
  const decline = (intent: Intent, error: Record<string, string>): Reply => {
    intent.status = 'requires_payment_method';
    intent.lastError = { type: 'card_error', message: 'Your card was declined.', ...error };
    told('payment_intent.payment_failed', intent);
    const { code = '', message = '', ...more } = intent.lastError;
    return failed(402, 'card_error', code, message, { ...more, payment_intent: showIntent(intent, false) });
  };

  const createIntent = (form: Record<string, FormValue>, expandsCharge: boolean): Reply => {
    const amount = Number(textOf(form.amount));
    const currency = textOf(form.currency) ?? '';
    const card = textOf(form.payment_method) ?? '';
    if ('payment_method_types' in form)
      return invalid('payment_method_types_no_longer_supported', 'Use allowed_payment_method_types.');
    if (!Number.isSafeInteger(amount) || amount < 1)
      return invalid('parameter_invalid_integer', 'Invalid integer', 'amount');
    if (amount > 99_999_999) return invalid('amount_too_large', 'Amount must be no more than 999,999.99', 'amount');
    if (!/^[a-z]{3}$/.test(currency)) return invalid('parameter_invalid', 'Invalid currency', 'currency');
    if (!known.has(card)) return missing(card);
    const intent: Intent = {
      ...{ id: newId('pi'), amount, currency, card, created: Math.floor(Date.now() / 1_000) },
      ...{ metadata: fieldsOf(form.metadata), returnUrl: textOf(form.return_url), status: 'requires_confirmation' },
      ...{ amountCapturable: 0, amountReceived: 0, amountRefunded: 0, cancellationReason: null, lastError: null },
    };
    intents.set(intent.id, intent);
    const problem = declines[card];
    if (problem) return decline(intent, problem);
    if (card === 'pm_card_authenticationRequired' || card === 'pm_card_question_elsewhere') {
      intent.status = 'requires_action';
      told('payment_intent.requires_action', intent);
    } else authorize(intent);
    return ok(showIntent(intent, expandsCharge));
  };

  const unexpected = ({ status }: Intent, what: string): Reply =>
    invalid(
      'payment_intent_unexpected_state',
      `This PaymentIntent could not be ${what} because its status is ${status}.`,
    );

  const captureIntent = (id: string, form: Record<string, FormValue>): Reply => {
    const intent = intents.get(id);
    if (!intent) return missing(id);
    if (intent.status !== 'requires_capture') return unexpected(intent, 'captured');
    const amount = Number(textOf(form.amount_to_capture) ?? intent.amountCapturable);
    if (amount > intent.amountCapturable) return invalid('amount_too_large', 'Cannot capture more than is left.');
    const isFinal = textOf(form.final_capture) !== 'false';
    if (!isFinal && intent.card === 'pm_card_single_capture')
      return invalid('parameter_invalid', 'Multicapture is not available for this payment.', 'final_capture');
    intent.amountReceived += amount;
    intent.amountCapturable = isFinal ? 0 : intent.amountCapturable - amount;
    intent.metadata = { ...intent.metadata, ...fieldsOf(form.metadata) };
    if (intent.amountCapturable === 0) {
      intent.status = 'succeeded';
      told('payment_intent.succeeded', intent);
    } else told('payment_intent.amount_capturable_updated', intent);
    return ok(showIntent(intent, false));
  };

  const cancelIntent = (id: string, reason: string | null): Reply => {
    const intent = intents.get(id);
    if (!intent) return missing(id);
    if (['canceled', 'succeeded'].includes(intent.status) || intent.amountReceived > 0)
      return unexpected(intent, 'canceled');
    intent.status = 'canceled';
    intent.cancellationReason = reason;
    intent.amountCapturable = 0;
    told('payment_intent.canceled', intent);
    return ok(showIntent(intent, false));
  };

  const createRefund = (form: Record<string, FormValue>): Reply => {
    const id = textOf(form.payment_intent) ?? '';
    const intent = intents.get(id);
    if (!intent) return missing(id);
    const left = intent.amountReceived - intent.amountRefunded;
    const amount = Number(textOf(form.amount) ?? left);
    if (left === 0) return invalid('charge_already_refunded', 'Charge has already been refunded.');
    if (amount > left) return invalid('amount_too_large', 'Refund amount is greater than unrefunded amount on charge.');
    const isPending = intent.card === 'pm_card_pendingRefund' || intent.card === 'pm_card_refundFail';
    const refund: Refund = {
      ...{ id: newId('re'), intent: id, amount, metadata: fieldsOf(form.metadata), failureReason: null },
      status: isPending ? 'pending' : 'succeeded',
    };
    refunds.set(refund.id, refund);
    intent.amountRefunded += amount;
    emit('refund.created', showRefund(refund));
    return ok(showRefund(refund));
  };

  const list = (data: readonly Record<string, unknown>[], object: string): Reply =>
    ok({ object, data, has_more: false, url: '/v1', ...(object === 'search_result' ? { next_page: null } : {}) });

  return {
    intents,
    createIntent,
    captureIntent,
    cancelIntent,
    createRefund,
    retrieveIntent: (id: string, expandsCharge: boolean): Reply => {
      const intent = intents.get(id);
      return intent ? ok(showIntent(intent, expandsCharge)) : missing(id);
    },
    /** Finds only what was indexed: search lags behind. */
    searchIntents: (query: string): Reply => {
      const [, key, value] = /^metadata\['([^']+)'\]:'([^']*)'$/.exec(query) ?? [];
      if (!key) return invalid('parameter_invalid', 'Only metadata can be searched here.', 'query');
      const found = [...intents.values()].filter(({ id, metadata }) => indexed.has(id) && metadata[key] === value);
      return list(
        found.map((intent) => showIntent(intent, false)),
        'search_result',
      );
    },
    index: (): void => {
      for (const id of intents.keys()) indexed.add(id);
    },
    listRefunds: (intentId: string): Reply =>
      intents.has(intentId)
        ? list([...refunds.values()].filter(({ intent }) => intent === intentId).map(showRefund), 'list')
        : missing(intentId),
    retrieveRefund: (id: string): Reply => {
      const refund = refunds.get(id);
      return refund ? ok(showRefund(refund)) : missing(id);
    },
    retrieveCard: (id: string): Reply =>
      known.has(id)
        ? ok({ id, object: 'payment_method', type: 'card', card: { brand: 'visa', last4: '4242' } })
        : missing(id),
    /** The customer's answer to the bank. */
    answerChallenge: (id: string, approves: boolean): void => {
      const intent = intents.get(id);
      if (intent?.status !== 'requires_action') return;
      if (approves) authorize(intent);
      else decline(intent, { code: 'payment_intent_authentication_failure' });
    },
    /** The bank's word on refunds that are pending. */
    settleRefunds: (): void => {
      for (const refund of refunds.values()) {
        if (refund.status !== 'pending') continue;
        const fails = intents.get(refund.intent)?.card === 'pm_card_refundFail';
        refund.status = fails ? 'failed' : 'succeeded';
        refund.failureReason = fails ? 'expired_or_canceled_card' : null;
        emit(fails ? 'refund.failed' : 'refund.updated', showRefund(refund));
      }
    },
  };
};

export type LocalObjects = ReturnType<typeof createLocalObjects>;
