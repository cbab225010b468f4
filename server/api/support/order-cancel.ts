import { z } from 'zod';
import { forOrder, supportProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Cancels an order that nobody has begun to pick. `restock`: whether the goods go back on sale. */
export const orderCancel = supportProcedure
  .input(forOrder({ ...commandInput, reason: z.string().trim().min(1, 'Say why').max(500), restock: z.boolean() }))
  .mutation(({ ctx, input }) => {
    const { orderId, reason, restock } = input;
    return runCommand(ctx, orderId, input, { type: 'CancelOrder', orderId, reason, restock });
  });
