import {
  type AuthorizeCall,
  type GatewayAnswer,
  type GatewayCall,
  type GatewayOutcome,
  GatewayUnavailable,
  type PaymentGateway,
} from '#server/adapters/payment-gateway.ts';
import { idOf, type Random } from '#server/projections/testing/histories.ts';

export type CardToken = 'approve' | 'decline' | 'challenge approved' | 'challenge refused' | 'challenge ignored';

/** What the bank knows, whatever Waybill believes. */
export type BankAccount = {
  readonly paymentId: string;
  readonly orderId: string;
  status: 'requires_action' | 'authorized' | 'declined' | 'voided';
  readonly amountMinor: number;
  readonly token: CardToken;
  /** How often money was held for this payment. */
  authorizations: number;
  heldUntil: number;
  /** By capture id and by refund id. */
  readonly captures: Map<string, number>;
  readonly refunds: Map<string, number>;
};

export type Webhook = {
  readonly id: string;
  readonly createdAt: string;
  readonly outcome: GatewayOutcome;
  dueAt: number;
};

export type GatewayFaults = {
  /** Fails without having done anything. */
  readonly down: number;
  /** Does it, and the answer is lost. */
  readonly answerLost: number;
  /** How often a webhook is late, and by how much at most. */
  readonly late: number;
  readonly latestMs: number;
  /** A capture that the bank refuses though the money is held, a refund though it was taken. */
  readonly refused: number;
};

export type FaultyGateway = PaymentGateway & {
  readonly accounts: ReadonlyMap<string, BankAccount>;
  readonly webhooks: Webhook[];
  /** The customers who have not answered their bank yet; `answer` does, as their card says. */
  readonly openChallenges: () => readonly BankAccount[];
  answer(account: BankAccount): void;
};

export type FaultyGatewayOptions = {
  readonly random: Random;
  readonly now: () => Date;
  readonly faults: () => GatewayFaults;
};

const authorizationLastsMs = 7 * 24 * 60 * 60_000;
const accepted: GatewayAnswer = { status: 'accepted' };
const sumOf = (amounts: ReadonlyMap<string, number>): number => [...amounts.values()].reduce((a, b) => a + b, 0);

/** A payment gateway in memory, with the simulated one's rules, that fails as gateways do. */
export const createFaultyGateway = ({ random, now, faults }: FaultyGatewayOptions): FaultyGateway => {
  const accounts = new Map<string, BankAccount>();
  const operations = new Map<string, { outcome: GatewayOutcome }>();
  const webhooks: Webhook[] = [];
  let count = 0;

  const tell = (outcome: GatewayOutcome): void => {
    count += 1;
    const { late, latestMs } = faults();
    const delayMs = random.chance(late) ? random.int(latestMs) : 0;
    const createdAt = now();
    webhooks.push({
      id: idOf(`webhook ${count}`),
      createdAt: createdAt.toISOString(),
      outcome,
      dueAt: createdAt.getTime() + delayMs,
    });
  };

  const succeeded = (account: BankAccount, reference: AuthorizeCall['reference']): GatewayOutcome => ({
    type: 'authorization.succeeded',
    reference,
    amountMinor: account.amountMinor,
    gatewayReference: `pi_${account.paymentId}`,
    expiresAt: new Date(now().getTime() + authorizationLastsMs).toISOString(),
  });

  /** Fails before or after `work`, as faults have it. */
  const call = async <Result>(work: () => Result): Promise<Result> => {
    const { down, answerLost } = faults();
    if (random.chance(down)) throw new GatewayUnavailable('down');
    const result = work();
    if (random.chance(answerLost)) throw new GatewayUnavailable('answer lost');
    return result;
  };

  const authorize = (wanted: AuthorizeCall): GatewayAnswer => {
    const { idempotencyKey, reference, amountMinor } = wanted;
    if (operations.has(idempotencyKey)) return accepted;
    const token = wanted.token as CardToken;
    const known = accounts.get(reference.paymentId);
    const account: BankAccount = known ?? {
      ...reference,
      status: 'requires_action',
      amountMinor,
      token,
      authorizations: 0,
      heldUntil: 0,
      captures: new Map(),
      refunds: new Map(),
    };
    accounts.set(reference.paymentId, account);
    let outcome: GatewayOutcome;
    if (token === 'approve') {
      account.status = 'authorized';
      account.heldUntil = now().getTime() + authorizationLastsMs;
      account.authorizations += 1;
      outcome = succeeded(account, reference);
    } else if (token === 'decline') {
      account.status = 'declined';
      outcome = { type: 'authorization.declined', reference, code: 'card_declined' };
    } else {
      const challengeUrl = `/pay/challenge/${idOf(`challenge ${reference.paymentId}`)}`;
      outcome = { type: 'authorization.requires_action', reference, challengeUrl };
    }
    operations.set(idempotencyKey, { outcome });
    tell(outcome);
    return accepted;
  };

  const move = (
    { idempotencyKey, reference }: GatewayCall,
    done: GatewayOutcome,
    failed: GatewayOutcome | null,
    change: (account: BankAccount) => boolean,
  ): GatewayAnswer => {
    if (operations.has(idempotencyKey)) return accepted;
    const account = accounts.get(reference.paymentId);
    const outcome = account && change(account) ? done : failed;
    if (!outcome) return { status: 'refused', code: 'not_possible' };
    operations.set(idempotencyKey, { outcome });
    tell(outcome);
    return accepted;
  };

  return {
    accounts,
    webhooks,
    authorize: (wanted) => call(() => authorize(wanted)),
    capture: (wanted) => {
      const { reference, captureId, amountMinor } = wanted;
      return call(() =>
        move(
          wanted,
          { type: 'capture.succeeded', reference, captureId },
          { type: 'capture.failed', reference, captureId, code: 'not_capturable' },
          (account) => {
            if (account.status !== 'authorized' || random.chance(faults().refused)) return false;
            // Some banks pay a little late, and some don't.
            if (now().getTime() > account.heldUntil && random.chance(0.5)) return false;
            if (sumOf(account.captures) + amountMinor > account.amountMinor) return false;
            account.captures.set(captureId, amountMinor);
            return true;
          },
        ),
      );
    },
    void: (wanted) =>
      call(() =>
        move(wanted, { type: 'void.succeeded', reference: wanted.reference }, null, (account) => {
          if (account.status !== 'authorized') return false;
          account.status = 'voided';
          return true;
        }),
      ),
    refund: (wanted) => {
      const { reference, refundId, amountMinor } = wanted;
      return call(() =>
        move(
          wanted,
          { type: 'refund.succeeded', reference, refundId },
          { type: 'refund.failed', reference, refundId, code: 'not_refundable' },
          (account) => {
            if (random.chance(faults().refused)) return false;
            if (sumOf(account.refunds) + amountMinor > sumOf(account.captures)) return false;
            account.refunds.set(refundId, amountMinor);
            return true;
          },
        ),
      );
    },
    inquire: ({ idempotencyKey: key }) =>
      call(() => {
        const known = operations.get(key);
        return known ? { status: 'settled' as const, outcome: known.outcome } : { status: 'unknown' as const };
      }),
    openChallenges: () => [...accounts.values()].filter(({ status }) => status === 'requires_action'),
    answer: (account) => {
      const key = `authorize:${account.paymentId}`;
      const reference = operations.get(key)?.outcome.reference;
      if (!reference || account.status !== 'requires_action') return;
      const approves = account.token === 'challenge approved';
      account.status = approves ? 'authorized' : 'declined';
      account.authorizations += approves ? 1 : 0;
      account.heldUntil = now().getTime() + authorizationLastsMs;
      const outcome: GatewayOutcome = approves
        ? succeeded(account, reference)
        : { type: 'authorization.declined', reference, code: 'authentication_failed' };
      operations.set(key, { outcome });
      tell(outcome);
    },
  };
};
