import { randomUUID } from 'node:crypto';
import type { Database } from '#db/clients.ts';
import type { GatewayOutcome, PaymentReference } from '../payment-gateway.ts';
import { authorizationLastsMs } from './gateway.ts';

/** What the bank's page shows. */
export type Challenge = {
  readonly challengeId: string;
  readonly status: 'open' | 'approved' | 'refused';
  readonly amountMinor: number;
  readonly currency: string;
  readonly orderId: string;
};

type Row = {
  readonly status: 'requires_action' | 'authorized' | 'declined' | 'voided';
  readonly amount_minor: number;
  readonly currency: string;
  readonly reference: string;
  readonly metadata: PaymentReference;
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const read = async (sql: Database, challengeId: string): Promise<Row | null> => {
  if (!uuid.test(challengeId)) return null;
  const [row] = await sql<Row[]>`
    select status, amount_minor, currency, reference, metadata from gateway.payments
    where challenge_id = ${challengeId}`;
  return row ?? null;
};

/** The question of a bank; null when there is none by this id. */
export const readChallenge = async (sql: Database, challengeId: string): Promise<Challenge | null> => {
  const row = await read(sql, challengeId);
  if (!row) return null;
  const status =
    row.status === 'requires_action'
      ? 'open'
      : row.status === 'declined'
        ? ('refused' as const)
        : ('approved' as const);
  const { amount_minor: amountMinor, currency, metadata } = row;
  return { challengeId, status, amountMinor, currency, orderId: metadata.orderId };
};

const outcomeOf = (row: Row, approve: boolean, now: Date): GatewayOutcome => {
  const reference = row.metadata;
  if (!approve) return { type: 'authorization.declined', reference, code: 'authentication_failed' };
  return {
    type: 'authorization.succeeded',
    reference,
    amountMinor: row.amount_minor,
    gatewayReference: row.reference,
    expiresAt: new Date(now.getTime() + authorizationLastsMs).toISOString(),
  };
};

/**
 * The customer's answer to their bank; the gateway tells by webhook. The first answer counts: `answered` says that
 * there was one already.
 */
export const completeChallenge = async (
  sql: Database,
  challengeId: string,
  approve: boolean,
  now: Date = new Date(),
): Promise<'completed' | 'answered' | 'unknown'> => {
  const row = await read(sql, challengeId);
  if (!row) return 'unknown';
  const outcome = outcomeOf(row, approve, now);
  const eventId = randomUUID();
  const event = { id: eventId, createdAt: now.toISOString(), outcome };
  const [written] = await sql<{ completed: boolean }[]>`
    with answered as (
      update gateway.payments set status = ${approve ? 'authorized' : 'declined'}
      where challenge_id = ${challengeId} and status = 'requires_action'
      returning payment_id
    ), operation as (
      update gateway.operations set outcome = ${JSON.stringify(outcome)}::text::jsonb
      where idempotency_key in (select 'authorize:' || payment_id from answered)
    ), delivery as (
      insert into gateway.webhook_deliveries (event_id, event, due_at)
      select ${eventId}, ${JSON.stringify(event)}::text::jsonb, ${now} from answered
    )
    select exists (select from answered) as completed`;
  return written?.completed ? 'completed' : 'answered';
};
