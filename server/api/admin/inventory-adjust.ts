import { z } from 'zod';
import { commandIdSchema, skuSchema, warehouseCodeSchema } from '#domain/shared/ids.ts';
import { adminProcedure } from '../procedures.ts';
import { runStockCommand } from './run-stock-command.ts';

/** Corrects what is on hand in one warehouse, with the reason. What is promised to buyers can't be taken. */
export const inventoryAdjust = adminProcedure
  .input(
    z.strictObject({
      commandId: commandIdSchema,
      sku: skuSchema,
      warehouse: warehouseCodeSchema,
      delta: z
        .int('Enter a whole number')
        .min(-1_000_000)
        .max(1_000_000)
        .refine((delta) => delta !== 0, 'Enter a change other than 0'),
      reason: z.string().trim().min(1, 'Say why').max(200),
    }),
  )
  .mutation(({ ctx, input }) => {
    const { sku, warehouse, delta, reason } = input;
    return runStockCommand(ctx, input, { type: 'AdjustStock', sku, warehouse, delta, reason });
  });
