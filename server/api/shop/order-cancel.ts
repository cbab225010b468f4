import { z } from 'zod';
import { forOrder, ownOrderProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';
import { customerEvents } from './customer-view.ts';

/** Cancels one's own order, as long as nobody has begun to pick it. The goods go back on sale. */
export const orderCancel = ownOrderProcedure
  .input(forOrder({ ...commandInput, reason: z.string().trim().min(1).max(200).default('Canceled by the customer') }))
  .mutation(async ({ ctx, input }) => {
    const { orderId, reason } = input;
    const recorded = await runCommand(ctx, orderId, input, { type: 'CancelOrder', orderId, reason, restock: true });
    return { ...recorded, events: customerEvents(recorded.events) };
  });
