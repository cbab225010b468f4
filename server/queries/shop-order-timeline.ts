import type { Database } from '#db/clients.ts';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import type { OrderHistoryRow } from '#server/projections/order-history.ts';
import { tokenlessEvent } from './hidden-token.ts';

export type HistoryEntry = {
  readonly eventId: string;
  /** ISO 8601, business time. */
  readonly occurredAt: string;
  readonly actor: Actor;
  readonly event: DomainEvent;
};

type Row = Pick<OrderHistoryRow, 'eventId' | 'type' | 'actorId' | 'actorRole' | 'data'> & { readonly occurredAt: Date };

/** More than any order has in practice; the rest is audit's to page through. */
const entriesMost = 500;

/** What happened to an order, the newest first. */
export const readOrderHistory = async (
  { sql }: { readonly sql: Database },
  orderId: string,
): Promise<HistoryEntry[]> => {
  const rows = await sql<Row[]>`
    select event_id as "eventId", type, actor_id as "actorId", actor_role as "actorRole", occurred_at as "occurredAt", data
    from read.order_history_v1
    where order_key = ${orderId}
    order by incarnation desc, transaction_id desc, position desc
    limit ${entriesMost}`;
  return rows.map(({ eventId, type, actorId, actorRole, occurredAt, data }) => ({
    eventId,
    occurredAt: occurredAt.toISOString(),
    actor: { id: actorId, role: actorRole },
    event: tokenlessEvent({ type, ...data } as DomainEvent),
  }));
};
