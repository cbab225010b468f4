import { z } from 'zod';
import { idSchema } from '#domain/shared/ids.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Keeps an order from being picked until the hold is released. `holdId` is made by the client. */
export const orderPlaceHold = supportProcedure
  .input(forOrder({ ...commandInput, holdId: idSchema, reason: z.string().trim().min(1, 'Say why').max(200) }))
  .mutation(({ ctx, input }) => {
    const { orderId, holdId, reason } = input;
    return runCommand(ctx, orderId, input, { type: 'PlaceHold', orderId, holdId, reason });
  });
