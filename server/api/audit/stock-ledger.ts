import { z } from 'zod';
import { stockMeasures } from '#domain/inventory/ledger.ts';
import { skuSchema } from '#domain/shared/ids.ts';
import { readStockLedger } from '#server/queries/admin-stock-ledger.ts';
import { staffNames } from '#server/queries/staff-names.ts';
import { auditorProcedure } from '../procedures.ts';

/** The events that made one number of a SKU's stock, over all warehouses, with their running balance. */
export const stockLedger = auditorProcedure
  .meta({ reads: ['order_history'] })
  .input(
    z.strictObject({
      sku: skuSchema,
      measure: z.enum(stockMeasures),
      keep: z.int().min(1).max(2_000).default(200),
    }),
  )
  .query(async ({ ctx, input: { sku, measure, keep } }) => {
    const ledger = await readStockLedger(ctx.runtime, sku, measure, null, keep);
    const people = ledger.movements.filter(({ actor }) => actor.role !== 'system').map(({ actor }) => actor.id);
    return { ...ledger, names: await staffNames(ctx.runtime, people) };
  });
