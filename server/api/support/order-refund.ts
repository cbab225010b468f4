import { z } from 'zod';
import { idSchema, paymentIdSchema } from '#domain/shared/ids.ts';
import { amountMinorSchema } from '#domain/shared/money.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Asks for money to be given back on one payment. It is pending until the gateway has answered. */
export const orderRefund = supportProcedure
  .input(
    forOrder({
      ...commandInput,
      paymentId: paymentIdSchema,
      refundId: idSchema,
      amountMinor: amountMinorSchema,
      reason: z.string().trim().min(1, 'Say why').max(500),
    }),
  )
  .mutation(({ ctx, input }) => {
    const { orderId, paymentId, refundId, amountMinor, reason } = input;
    return runCommand(ctx, orderId, input, {
      type: 'RequestRefund',
      orderId,
      paymentId,
      refundId,
      amountMinor,
      reason,
    });
  });
