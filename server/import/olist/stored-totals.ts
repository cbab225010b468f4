import type { Database } from '#db/clients.ts';
import { sum } from '#domain/shared/money.ts';

/** What the database holds of a set of orders, by SQL over the events alone. Amounts in minor units. */
export type StoredTotals = {
  readonly orders: number;
  readonly items: number;
  readonly itemsMinor: number;
  readonly freightMinor: number;
  /** Payments by Waybill's kind. */
  readonly payments: Readonly<Record<string, { readonly count: number; readonly minor: number }>>;
  readonly eventsByType: Readonly<Record<string, number>>;
};

type Row = {
  readonly type: string;
  readonly kind: string | null;
  readonly events: number;
  readonly orders: number;
  readonly amount_minor: number;
  readonly lines_minor: number;
  readonly shipping_minor: number;
  readonly items: number;
};

// Statements stay short, and the progress line moves.
const ordersAtOnce = 5_000;

const readRows = (sql: Database, orderKeys: readonly string[]): Promise<Row[]> => sql<Row[]>`
  select type, data->'method'->>'kind' as kind, count(*) as events,
    count(distinct data->>'externalReference') as orders,
    coalesce(sum((data->>'amountMinor')::bigint), 0)::bigint as amount_minor,
    coalesce(sum((data->'totals'->>'linesMinor')::bigint), 0)::bigint as lines_minor,
    coalesce(sum((data->'totals'->>'shippingMinor')::bigint), 0)::bigint as shipping_minor,
    coalesce(sum(line.items), 0)::bigint as items
  from es.events
  left join lateral (
    select sum((line->>'quantity')::bigint) as items
    from jsonb_array_elements(case when type = 'OrderPlaced' then data->'lines' else '[]' end) as line
  ) as line on true
  where order_key = any(${orderKeys as string[]}) and origin = 'import'
  group by 1, 2`;

/** Adds up what was imported of these orders. Only reads: it holds no horizon back. */
export const readStoredTotals = async (sql: Database, orderKeys: readonly string[]): Promise<StoredTotals> => {
  const rows: Row[] = [];
  for (let from = 0; from < orderKeys.length; from += ordersAtOnce)
    rows.push(...(await readRows(sql, orderKeys.slice(from, from + ordersAtOnce))));
  const placed = rows.filter(({ type }) => type === 'OrderPlaced');
  const payments: Record<string, { count: number; minor: number }> = {};
  const eventsByType: Record<string, number> = {};
  for (const { type, kind, events, amount_minor } of rows) {
    eventsByType[type] = (eventsByType[type] ?? 0) + events;
    if (type !== 'AuthorizationRequested') continue;
    const { count, minor } = payments[kind ?? 'other'] ?? { count: 0, minor: 0 };
    payments[kind ?? 'other'] = { count: count + events, minor: minor + amount_minor };
  }
  return {
    orders: sum(placed.map(({ orders }) => orders)),
    items: sum(placed.map(({ items }) => items)),
    itemsMinor: sum(placed.map(({ lines_minor }) => lines_minor)),
    freightMinor: sum(placed.map(({ shipping_minor }) => shipping_minor)),
    payments,
    eventsByType,
  };
};
