import { idSchema } from '#domain/shared/ids.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Lets an order go on. */
export const orderReleaseHold = supportProcedure
  .input(forOrder({ ...commandInput, holdId: idSchema }))
  .mutation(({ ctx, input }) => {
    const { orderId, holdId } = input;
    return runCommand(ctx, orderId, input, { type: 'ReleaseHold', orderId, holdId });
  });
