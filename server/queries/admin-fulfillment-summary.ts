import type { Database } from '#db/clients.ts';
import {
  type FulfillmentFilter,
  markCondition,
  matchingFulfillments,
  pendingSource,
} from './admin-fulfillment-filter.ts';

export type FulfillmentSummary = {
  readonly pending: number;
  readonly late: number;
  readonly atRisk: number;
  readonly holds: number;
  readonly ready: number;
  /** When the oldest came to the warehouse, ISO 8601; null while nothing waits. */
  readonly oldestAt: string | null;
  readonly byStatus: Readonly<Record<'open' | 'on_hold' | 'picking' | 'packed', number>>;
  /** Of the filtered list: changes when the list may have. */
  readonly fingerprint: string;
};

type Row = {
  readonly pending: number;
  readonly late: number;
  readonly at_risk: number;
  readonly holds: number;
  readonly ready: number;
  readonly oldest: Date | null;
  readonly open: number;
  readonly on_hold: number;
  readonly picking: number;
  readonly packed: number;
  readonly updated: Date | null;
  readonly versions: number;
};

/** The figures over what waits, in one scan of the partial index. */
export const readFulfillmentSummary = async (
  { sql }: { readonly sql: Database },
  filter: Pick<FulfillmentFilter, 'warehouse' | 'tier'>,
): Promise<FulfillmentSummary> => {
  const [row] = await sql<Row[]>`
    select count(*)::int as pending,
      (count(*) filter (where ${markCondition(sql, 'late')}))::int as late,
      (count(*) filter (where ${markCondition(sql, 'at_risk')}))::int as at_risk,
      (count(*) filter (where ${markCondition(sql, 'holds')}))::int as holds,
      (count(*) filter (where ${markCondition(sql, 'ready')}))::int as ready,
      min(queue.created_at) as oldest,
      (count(*) filter (where queue.status = 'open'))::int as open,
      (count(*) filter (where queue.status = 'on_hold'))::int as on_hold,
      (count(*) filter (where queue.status = 'picking'))::int as picking,
      (count(*) filter (where queue.status = 'packed'))::int as packed,
      max(queue.updated_at) as updated, coalesce(sum(queue.version), 0)::bigint as versions
    from ${pendingSource(sql)}
    where ${matchingFulfillments(sql, filter)}`;
  if (!row) throw new Error('The sums came back without a row');
  const { pending, late, holds, ready, open, picking, packed } = row;
  return {
    pending,
    late,
    atRisk: row.at_risk,
    holds,
    ready,
    oldestAt: row.oldest?.toISOString() ?? null,
    byStatus: { open, on_hold: row.on_hold, picking, packed },
    fingerprint: [pending, late, row.at_risk, holds, row.versions, row.updated?.getTime() ?? 0].join('.'),
  };
};
