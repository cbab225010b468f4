import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '#db/clients.ts';
import { createBatcher } from '../batcher.ts';
import {
  type AuthorizeCall,
  type GatewayAnswer,
  type GatewayCall,
  type GatewayOutcome,
  GatewayUnavailable,
  type PaymentGateway,
} from '../payment-gateway.ts';
import type { CardBehaviour } from './cards.ts';

export type SimulatedGatewayOptions = {
  readonly sql: Database;
  readonly now?: () => Date;
  /** How long the slow card keeps one waiting. */
  readonly slowMs?: number;
  /** How many calls with the unavailable card fail before it recovers. */
  readonly failingCalls?: number;
  /**
   * Whether an authorization that needs nobody's time is answered with the call, as Stripe does, and no webhook tells it
   * again. False: everything is told by webhook. Default false.
   */
  readonly answersAtOnce?: boolean;
  /** Called when there is something to deliver. */
  readonly onAnswer?: () => void;
};

export const authorizationLastsMs = 7 * 24 * 60 * 60_000;
const accepted: GatewayAnswer = { status: 'accepted' };
const refused = (code: string): GatewayAnswer => ({ status: 'refused', code });

/** Cards about which the bank needs no time, and the customer none. */
const atOnce: ReadonlySet<CardBehaviour> = new Set(['approve', 'decline', 'insufficient_funds']);

type Verdict = {
  readonly status: 'authorized' | 'declined' | 'requires_action';
  readonly outcome: GatewayOutcome;
  readonly challengeId: string | null;
  readonly gatewayReference: string;
};

const judge = ({ reference, amountMinor }: AuthorizeCall, behaviour: CardBehaviour, now: Date): Verdict => {
  const gatewayReference = `pi_${randomBytes(12).toString('hex')}`;
  const common = { challengeId: null, gatewayReference };
  switch (behaviour) {
    case 'decline':
    case 'insufficient_funds': {
      const code = behaviour === 'decline' ? 'card_declined' : 'insufficient_funds';
      return { ...common, status: 'declined', outcome: { type: 'authorization.declined', reference, code } };
    }
    case 'challenge': {
      const challengeId = randomUUID();
      const challengeUrl = `/pay/challenge/${challengeId}`;
      const outcome: GatewayOutcome = { type: 'authorization.requires_action', reference, challengeUrl };
      return { ...common, status: 'requires_action', outcome, challengeId };
    }
    case 'approve':
    case 'slow':
    case 'unavailable': {
      const expiresAt = new Date(now.getTime() + authorizationLastsMs).toISOString();
      const type = 'authorization.succeeded';
      return {
        ...common,
        status: 'authorized',
        outcome: { type, reference, amountMinor, gatewayReference, expiresAt },
      };
    }
  }
};

type Authorized = { readonly answer: GatewayAnswer } | { readonly unavailable: true };

/**
 * A gateway that moves no money. It answers by signed webhook (see `webhook-deliverer.ts`), at least once and in no
 * promised order, or with the call (`answersAtOnce`); a call that it knows already is not done again.
 */
export const createSimulatedGateway = (options: SimulatedGatewayOptions): PaymentGateway => {
  const { sql, now = () => new Date(), slowMs = 8_000, failingCalls = 3, onAnswer } = options;
  const { answersAtOnce = false } = options;

  /** Which of these calls the unavailable card makes fail. */
  const failing = async (keys: readonly string[]): Promise<ReadonlySet<string>> => {
    if (keys.length === 0) return new Set();
    const rows = await sql<{ idempotency_key: string; calls: number }[]>`
      insert into gateway.failed_calls as failed (idempotency_key, calls)
      select key, 1 from unnest(${keys as string[]}::text[]) as key order by key
      on conflict (idempotency_key) do update set calls = failed.calls + 1
      returning idempotency_key, calls`;
    return new Set(rows.filter(({ calls }) => calls <= failingCalls).map((row) => row.idempotency_key));
  };

  const authorizeAll = async (calls: readonly AuthorizeCall[]): Promise<readonly Authorized[]> => {
    const tokens = await sql<{ token: string; behaviour: CardBehaviour }[]>`
      select token, behaviour from gateway.tokens where token = any(${calls.map(({ token }) => token)})`;
    const behaviourOf = new Map(tokens.map(({ token, behaviour }) => [token, behaviour]));
    const down = await failing(
      calls.filter(({ token }) => behaviourOf.get(token) === 'unavailable').map((call) => call.idempotencyKey),
    );
    const at = now();
    const rows = calls.flatMap((call) => {
      const behaviour = behaviourOf.get(call.token);
      if (!behaviour || down.has(call.idempotencyKey)) return [];
      const { status, outcome, challengeId, gatewayReference } = judge(call, behaviour, at);
      const dueAt = new Date(at.getTime() + (behaviour === 'slow' ? slowMs : 0)).toISOString();
      const isImmediate = answersAtOnce && atOnce.has(behaviour);
      const eventId = randomUUID();
      return [
        {
          key: call.idempotencyKey,
          payment: call.reference.paymentId,
          reference: gatewayReference,
          status,
          currency: call.currency,
          amount: call.amountMinor,
          challenge: challengeId,
          metadata: call.reference,
          outcome,
          event_id: eventId,
          event: isImmediate ? null : { id: eventId, createdAt: at.toISOString(), outcome },
          due: dueAt,
        },
      ];
    });
    const settled = new Map<string, GatewayAnswer>();
    if (rows.length > 0) {
      // The same call may stand twice in a batch.
      const once = new Map(rows.map((row) => [row.key, row]));
      const taken = await sql<{ idempotency_key: string }[]>`
        with call as materialized (
          select * from jsonb_to_recordset(${JSON.stringify([...once.values()])}::text::jsonb) as call (key text, payment uuid,
            reference text, status text, currency text, amount bigint, challenge uuid, metadata jsonb, outcome jsonb,
            event_id uuid, event jsonb, due timestamptz)
        ), taken as (
          insert into gateway.operations (idempotency_key, payment_id, outcome)
          select key, payment, outcome from call order by key
          on conflict (idempotency_key) do nothing
          returning idempotency_key
        ), payments as (
          insert into gateway.payments (payment_id, reference, status, currency, amount_minor, challenge_id, metadata)
          select payment, reference, status, currency, amount, challenge, metadata
          from call where key in (select idempotency_key from taken) order by payment
        ), deliveries as (
          insert into gateway.webhook_deliveries (event_id, event, due_at)
          select event_id, event, due from call where event is not null and key in (select idempotency_key from taken)
        )
        select idempotency_key from taken`;
      for (const { idempotency_key: key } of taken) {
        const row = once.get(key);
        if (row?.event === null) settled.set(key, { status: 'settled', outcome: row.outcome });
      }
      if (rows.some(({ event }) => event !== null)) onAnswer?.();
    }
    return calls.map(({ token, idempotencyKey }) => {
      if (down.has(idempotencyKey)) return { unavailable: true };
      if (!behaviourOf.has(token)) return { answer: refused('token_unknown') };
      // What was known before is asked about: its outcome may have been told since.
      return { answer: settled.get(idempotencyKey) ?? accepted };
    });
  };

  const authorizeOne = createBatcher(authorizeAll);

  /** Moves money of an authorized payment, once per key, and has the outcome delivered. */
  const move = async (call: GatewayCall, done: GatewayOutcome, failed: GatewayOutcome | null, change: MoneyChange) => {
    const { idempotencyKey, reference } = call;
    const eventId = randomUUID();
    const eventOf = (outcome: GatewayOutcome | null) =>
      outcome && JSON.stringify({ id: eventId, createdAt: now().toISOString(), outcome });
    const [row] = await sql<{ known: boolean; moved: boolean }[]>`
      with known as materialized (
        select 1 from gateway.operations where idempotency_key = ${idempotencyKey}
      ), moved as (
        update gateway.payments
        set captured_minor = captured_minor + ${change.capture ?? 0}::bigint,
            refunded_minor = refunded_minor + ${change.refund ?? 0}::bigint,
            status = case when ${change.void ?? false} then 'voided' else status end
        where payment_id = ${reference.paymentId} and not exists (select from known)
          -- What was captured before the rest was released can still be given back.
          and (status = 'authorized' or (status = 'voided' and ${change.refund !== undefined}))
          and captured_minor + ${change.capture ?? 0}::bigint <= amount_minor
          and refunded_minor + ${change.refund ?? 0}::bigint <= captured_minor
          and (not ${change.void ?? false} or captured_minor < amount_minor)
        returning 1
      ), outcome as materialized (
        select case when exists (select from moved) then ${JSON.stringify(done)}::text::jsonb
                    else ${failed && JSON.stringify(failed)}::text::jsonb end as outcome,
               case when exists (select from moved) then ${eventOf(done)}::text::jsonb
                    else ${eventOf(failed)}::text::jsonb end as event
      ), kept as (
        -- A rival with the same key makes this fail, and with it the movement.
        insert into gateway.operations (idempotency_key, payment_id, outcome)
        select ${idempotencyKey}, ${reference.paymentId}, outcome from outcome
        where outcome is not null and not exists (select from known)
      ), delivery as (
        insert into gateway.webhook_deliveries (event_id, event, due_at)
        select ${eventId}, event, ${now()} from outcome where event is not null and not exists (select from known)
      )
      select exists (select from known) as known, exists (select from moved) as moved`;
    onAnswer?.();
    return row?.known || row?.moved || failed ? accepted : refused('not_possible');
  };

  return {
    authorize: async (call) => {
      const result = await authorizeOne(call);
      if ('unavailable' in result) throw new GatewayUnavailable('The gateway is not available just now.');
      return result.answer;
    },
    capture: (call) => {
      const { reference, captureId } = call;
      const failed: GatewayOutcome = { type: 'capture.failed', reference, captureId, code: 'not_capturable' };
      return move(call, { type: 'capture.succeeded', reference, captureId }, failed, { capture: call.amountMinor });
    },
    void: (call) => move(call, { type: 'void.succeeded', reference: call.reference }, null, { void: true }),
    refund: (call) => {
      const { reference, refundId } = call;
      const failed: GatewayOutcome = { type: 'refund.failed', reference, refundId, code: 'not_refundable' };
      return move(call, { type: 'refund.succeeded', reference, refundId }, failed, { refund: call.amountMinor });
    },
    inquire: async ({ idempotencyKey }) => {
      const [row] = await sql<{ outcome: GatewayOutcome }[]>`
        select outcome from gateway.operations where idempotency_key = ${idempotencyKey}`;
      return row ? { status: 'settled', outcome: row.outcome } : { status: 'unknown' };
    },
  };
};

type MoneyChange = { readonly capture?: number; readonly refund?: number; readonly void?: boolean };
