import { z } from 'zod';
import { commandIdSchema, skuSchema, warehouseCodeSchema } from '#domain/shared/ids.ts';
import { adminProcedure } from '../procedures.ts';
import { checkStockPlace, runStockCommand } from './run-stock-command.ts';

/** Goods came in: raises what is on hand in one warehouse. */
export const inventoryReceive = adminProcedure
  .input(
    z.strictObject({
      commandId: commandIdSchema,
      sku: skuSchema,
      warehouse: warehouseCodeSchema,
      quantity: z.int('Enter a whole number').min(1, 'Enter at least 1').max(1_000_000, 'Enter at most 1,000,000'),
    }),
  )
  .mutation(async ({ ctx, input }) => {
    const { sku, warehouse, quantity } = input;
    await checkStockPlace(ctx, sku, warehouse);
    return runStockCommand(ctx, input, { type: 'ReceiveStock', sku, warehouse, quantity });
  });
