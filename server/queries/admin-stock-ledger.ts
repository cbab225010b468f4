import type { Database } from '#db/clients.ts';
import type { InventoryEvent } from '#domain/inventory/events.ts';
import { openLedger, type StockMeasure } from '#domain/inventory/ledger.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import type { WarehouseCode } from '#domain/shared/ids.ts';
import type { OrderHistoryRow } from '#server/projections/order-history.ts';

/** One movement of a number. `at`: business time, ISO 8601. */
export type StockMovement = {
  readonly eventId: string;
  readonly version: number;
  readonly at: string;
  readonly actor: Actor;
  readonly event: InventoryEvent;
  readonly delta: number;
  readonly balance: number;
};

export type StockLedger = {
  readonly opening: number;
  /** Newest last. */
  readonly movements: readonly StockMovement[];
  readonly closing: number;
  /** How many movements came before the first of `movements`. */
  readonly earlier: number;
  /** The stream's version that the closing balance stands at. */
  readonly version: number;
};

type Row = Pick<OrderHistoryRow, 'eventId' | 'version' | 'type' | 'actorId' | 'actorRole' | 'data'> & {
  readonly occurredAt: Date;
};

type Recorded = Omit<StockMovement, 'delta' | 'balance'>;

/** Small enough that folding one page never holds the process up. */
const pageSize = 1_000;

/** A number's events with their running balance, folded from the stream's first event by the domain itself. */
export const readStockLedger = async (
  { sql }: { readonly sql: Database },
  sku: string,
  measure: StockMeasure,
  warehouse: WarehouseCode | null,
  keep: number,
): Promise<StockLedger> => {
  const ledger = openLedger<Recorded>(measure, warehouse, keep);
  let version = 0;
  for (;;) {
    const rows = await sql<Row[]>`
      select event_id as "eventId", version, type, actor_id as "actorId", actor_role as "actorRole",
        occurred_at as "occurredAt", data
      from read.order_history_v1
      where stream_id = ${`inventory-${sku}`} and order_key is null and version > ${version}
      order by version limit ${pageSize}`;
    for (const { eventId, type, actorId, actorRole, occurredAt, data, ...row } of rows) {
      // Only inventory events are in inventory streams.
      const event = { type, ...data } as InventoryEvent;
      const actor = { id: actorId, role: actorRole };
      ledger.add(event, { eventId, version: row.version, at: occurredAt.toISOString(), actor, event });
      version = row.version;
    }
    if (rows.length < pageSize) break;
  }
  const { entries, ...totals } = ledger.close();
  return {
    ...totals,
    version,
    movements: entries.map(({ recorded, delta, balance }) => ({ ...recorded, delta, balance })),
  };
};
