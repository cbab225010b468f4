import { v7 } from 'uuid';
import type { InventoryEvent } from '#domain/inventory/events.ts';
import { evolve } from '#domain/inventory/evolve.ts';
import { availableQuantity, type Inventory, untracked } from '#domain/inventory/state.ts';
import type { Sku, WarehouseCode } from '#domain/shared/ids.ts';
import { hmacKey } from '#server/auth/hmac-key.ts';
import { handleInventoryCommands } from '#server/runtime/handle-inventory-commands.ts';
import type { ScratchEnv } from '../scripts/scratch-database.ts';
import type { StoreProcess } from './store.ts';

/** Puts goods on a shelf, as a delivery does. */
export const receive = async (
  env: ScratchEnv,
  { store }: StoreProcess,
  goods: readonly { readonly sku: string; readonly warehouse: string; readonly quantity: number }[],
): Promise<void> => {
  const runtime = { store, commandHmacKey: hmacKey(env.WAYBILL_COMMAND_HMAC_KEY, 'base64') };
  const outcomes = await handleInventoryCommands(
    runtime,
    goods.map(({ sku, warehouse, quantity }) => ({
      commandId: v7(),
      actor: { id: 'prove', role: 'system' as const },
      body: null,
      command: { type: 'ReceiveStock' as const, sku: sku as Sku, warehouse: warehouse as WarehouseCode, quantity },
    })),
  );
  const odd = outcomes.find(({ status }) => status !== 'accepted');
  if (odd) throw new Error(`Goods were not received: ${JSON.stringify(odd)}`);
};

/** Products that are on sale in no other part. Prices are one and the same. */
export const sell = async ({ sql }: Pick<StoreProcess, 'sql'>, skus: readonly string[]): Promise<void> => {
  const [sample] = await sql<Record<string, unknown>[]>`select * from shop.products order by rank limit 1`;
  if (!sample) throw new Error('The catalog is empty');
  for (const [nth, sku] of skus.entries())
    await sql`insert into shop.products ${sql({ ...sample, sku, rank: 1_000_000 + nth, name: `Proof ${sku}` })}`;
};

export type StockHistory = {
  readonly onHand: number;
  readonly reserved: number;
  readonly allocated: number;
  readonly shipped: number;
  readonly available: number;
  readonly events: number;
  /** The least that was available after any event of the stream. */
  readonly leastAvailable: number;
};

/** A SKU's stock, looked at after each of its events. */
export const stockHistory = async ({ store }: Pick<StoreProcess, 'store'>, sku: string): Promise<StockHistory> => {
  let state: Inventory = untracked;
  let leastAvailable = Number.POSITIVE_INFINITY;
  let shipped = 0;
  const recorded = await store.readStream(`inventory-${sku}`);
  for (const { event } of recorded) {
    const stockEvent = event as InventoryEvent;
    state = evolve(state, stockEvent);
    if (stockEvent.type === 'StockShipped') shipped += stockEvent.quantity;
    if (state.status === 'tracked') leastAvailable = Math.min(leastAvailable, availableQuantity(state));
  }
  const levels = state.status === 'tracked' ? Object.values(state.levels) : [];
  const total = (of: (level: (typeof levels)[number]) => number) => levels.reduce((sum, level) => sum + of(level), 0);
  return {
    onHand: total(({ onHand }) => onHand),
    allocated: total(({ allocated }) => allocated),
    reserved: state.status === 'tracked' ? state.reserved : 0,
    available: state.status === 'tracked' ? availableQuantity(state) : 0,
    shipped,
    events: recorded.length,
    leastAvailable,
  };
};
