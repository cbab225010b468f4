import { idSchema } from '#domain/shared/ids.ts';
import { forOrder, warehouseProcedure } from '../procedures.ts';
import { countedLines } from '../return-input.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** What of a return has come back: as announced, or less. */
export const receiveReturn = warehouseProcedure
  .input(forOrder({ ...commandInput, returnId: idSchema, lines: countedLines }))
  .mutation(({ ctx, input }) => {
    const { orderId, returnId, lines } = input;
    return runCommand(ctx, orderId, input, { type: 'ReceiveReturn', orderId, returnId, lines });
  });
