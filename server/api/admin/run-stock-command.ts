import { TRPCError } from '@trpc/server';
import type { InventoryCommand } from '#domain/inventory/decide.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import { readWarehouseNames } from '#server/queries/admin-warehouses.ts';
import { productsBySku } from '#server/queries/catalog.ts';
import { handleInventoryCommands } from '#server/runtime/handle-inventory-commands.ts';
import type { ApiContext } from '../context.ts';
import { rejected } from '../refusal.ts';
import type { Recorded } from '../run-command.ts';

type StockContext = Pick<ApiContext, 'runtime'> & { readonly actor: Actor };

/** Goods can only be received for what is in the catalog, into a warehouse of ours. */
export const checkStockPlace = async (ctx: StockContext, sku: string, warehouse: string): Promise<void> => {
  const [products, warehouses] = await Promise.all([
    productsBySku(ctx.runtime.crud, [sku]),
    readWarehouseNames(ctx.runtime),
  ]);
  if (!products.has(sku)) throw rejected({ code: 'ProductUnknown', sku });
  if (!warehouses.some(({ code }) => code === warehouse)) throw rejected({ code: 'WarehouseUnknown', warehouse });
};

/** Runs one command on a SKU's stock for the caller, exactly once per command id. Rejections are thrown, typed. */
export const runStockCommand = async (
  ctx: StockContext,
  input: { readonly commandId: string },
  command: InventoryCommand,
): Promise<Recorded> => {
  const { commandId } = input;
  const [outcome] = await handleInventoryCommands(ctx.runtime, [{ commandId, actor: ctx.actor, body: input, command }]);
  if (!outcome) throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR' });
  switch (outcome.status) {
    case 'accepted':
      return { events: outcome.events, token: outcome.token };
    case 'rejected':
      throw rejected(outcome.rejection, outcome.token);
    case 'refused':
      throw rejected({ code: outcome.reason });
    default: {
      const never: never = outcome;
      throw new Error(`No such outcome: ${JSON.stringify(never)}`);
    }
  }
};
