import { z } from 'zod';
import { fulfillmentIdSchema, lineIdSchema } from '#domain/shared/ids.ts';
import { forOrder, warehouseProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Items of a line go into the tote. A scanner sends one a scan, each with its own command id. */
export const pickItem = warehouseProcedure
  .input(
    forOrder({
      ...commandInput,
      fulfillmentId: fulfillmentIdSchema,
      lineId: lineIdSchema,
      quantity: z.int().min(1).max(100_000),
    }),
  )
  .mutation(({ ctx, input }) => {
    const { orderId, fulfillmentId, lineId, quantity } = input;
    return runCommand(ctx, orderId, input, { type: 'PickItem', orderId, fulfillmentId, lineId, quantity });
  });
