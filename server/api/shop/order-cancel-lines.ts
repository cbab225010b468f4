import { idSchema } from '#domain/shared/ids.ts';
import { forOrder, ownOrderProcedure } from '../procedures.ts';
import { countedLines } from '../return-input.ts';
import { commandInput, runPrepared } from '../run-command.ts';
import { customerEvents } from './customer-view.ts';
import { refuseOncePicked } from './own-changes.ts';

/** Cancels some items of one's own order, as long as nobody has begun to pick it. The goods go back on sale. */
export const orderCancelLines = ownOrderProcedure
  .input(forOrder({ ...commandInput, cancellationId: idSchema, lines: countedLines }))
  .mutation(async ({ ctx, input }) => {
    const { orderId, cancellationId, lines } = input;
    const wanted = { cancellationId, lines, reason: 'Canceled by the customer', restock: true };
    const recorded = await runPrepared(ctx, orderId, input, async () => {
      await refuseOncePicked(ctx, orderId);
      return { type: 'CancelLines', orderId, ...wanted };
    });
    return { ...recorded, events: customerEvents(recorded.events) };
  });
