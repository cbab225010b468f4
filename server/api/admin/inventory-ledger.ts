import { z } from 'zod';
import { stockMeasures } from '#domain/inventory/ledger.ts';
import { skuSchema, warehouseCodeSchema } from '#domain/shared/ids.ts';
import { readStockLedger } from '#server/queries/admin-stock-ledger.ts';
import { adminProcedure } from '../procedures.ts';

/** The events that made one number of a SKU's stock, with their running balance; the newest `keep` of them. */
export const inventoryLedger = adminProcedure
  .meta({ reads: ['order_history', 'inventory_view'] })
  .input(
    z.strictObject({
      sku: skuSchema,
      measure: z.enum(stockMeasures),
      warehouse: warehouseCodeSchema.nullable(),
      keep: z.int().min(1).max(2_000).default(100),
    }),
  )
  .query(({ ctx, input: { sku, measure, warehouse, keep } }) =>
    readStockLedger(ctx.runtime, sku, measure, warehouse, keep),
  );
