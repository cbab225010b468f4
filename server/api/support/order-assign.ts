import { z } from 'zod';
import { isAgent } from '#server/queries/agents.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { rejected } from '../refusal.ts';
import { commandInput, runPrepared } from '../run-command.ts';

/** Gives an order to a support agent or administrator, or back to nobody. The last one who says so has it. */
export const orderAssign = supportProcedure
  .input(forOrder({ ...commandInput, to: z.string().min(1).max(80).nullable() }))
  .mutation(({ ctx, input }) => {
    const { orderId, to } = input;
    // Whoever had it before is told in the event; it is no conflict.
    return runPrepared(ctx, orderId, { ...input, decidedOn: undefined }, async () => {
      if (to !== null && !(await isAgent(ctx.runtime, to))) throw rejected({ code: 'AssigneeUnknown' });
      return { type: 'AssignOrder', orderId, to };
    });
  });
