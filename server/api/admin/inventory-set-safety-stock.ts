import { z } from 'zod';
import { commandIdSchema, skuSchema } from '#domain/shared/ids.ts';
import { adminProcedure } from '../procedures.ts';
import { runStockCommand } from './run-stock-command.ts';

/** Sets at how many available a SKU counts as low. */
export const inventorySetSafetyStock = adminProcedure
  .input(
    z.strictObject({
      commandId: commandIdSchema,
      sku: skuSchema,
      threshold: z.int('Enter a whole number').min(0, 'Enter 0 or more').max(1_000_000),
    }),
  )
  .mutation(({ ctx, input }) => {
    const { sku, threshold } = input;
    return runStockCommand(ctx, input, { type: 'SetSafetyStock', sku, threshold });
  });
