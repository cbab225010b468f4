import { z } from 'zod';
import { idSchema } from '#domain/shared/ids.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Approves a return, or declines it and says why. */
export const orderApproveReturn = supportProcedure
  .input(forOrder({ ...commandInput, returnId: idSchema }))
  .mutation(({ ctx, input }) => {
    const { orderId, returnId } = input;
    return runCommand(ctx, orderId, input, { type: 'ApproveReturn', orderId, returnId });
  });

export const orderDeclineReturn = supportProcedure
  .input(forOrder({ ...commandInput, returnId: idSchema, reason: z.string().trim().min(1, 'Say why').max(1_000) }))
  .mutation(({ ctx, input }) => {
    const { orderId, returnId, reason } = input;
    return runCommand(ctx, orderId, input, { type: 'DeclineReturn', orderId, returnId, reason });
  });
