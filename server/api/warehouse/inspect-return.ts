import { z } from 'zod';
import { dispositionSchema } from '#domain/order/return-events.ts';
import { idSchema, lineIdSchema } from '#domain/shared/ids.ts';
import { forOrder, warehouseProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Says of each returned unit what becomes of it. The refund, or the exchange, follows by itself. */
export const inspectReturn = warehouseProcedure
  .input(
    forOrder({
      ...commandInput,
      returnId: idSchema,
      lines: z
        .array(
          z.strictObject({
            lineId: lineIdSchema,
            quantity: z.int().min(1).max(100_000),
            disposition: dispositionSchema,
          }),
        )
        .min(1)
        .max(1_000),
    }),
  )
  .mutation(({ ctx, input }) => {
    const { orderId, returnId, lines } = input;
    return runCommand(ctx, orderId, input, { type: 'InspectReturn', orderId, returnId, lines });
  });
