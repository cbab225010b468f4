import { z } from 'zod';
import { idSchema, lineIdSchema } from '#domain/shared/ids.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Cancels some units of an order that nobody has begun to pick. `restock`: whether the goods go back on sale. */
export const orderCancelLines = supportProcedure
  .input(
    forOrder({
      ...commandInput,
      cancellationId: idSchema,
      lines: z
        .array(z.strictObject({ lineId: lineIdSchema, quantity: z.int().min(1).max(100_000) }))
        .min(1, 'Choose at least one item')
        .max(500),
      reason: z.string().trim().min(1, 'Say why').max(500),
      restock: z.boolean(),
    }),
  )
  .mutation(({ ctx, input }) => {
    const { orderId, cancellationId, lines, reason, restock } = input;
    return runCommand(ctx, orderId, input, { type: 'CancelLines', orderId, cancellationId, lines, reason, restock });
  });
