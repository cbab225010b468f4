import { idSchema } from '#domain/shared/ids.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Sends an order's confirmation once more, to the address that it has now. `notificationId` is made by the client. */
export const orderResendConfirmation = supportProcedure
  .input(forOrder({ ...commandInput, notificationId: idSchema }))
  .mutation(({ ctx, input }) => {
    const { orderId, notificationId } = input;
    return runCommand(ctx, orderId, input, { type: 'ResendConfirmation', orderId, notificationId });
  });
