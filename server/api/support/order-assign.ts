import { z } from 'zod';
import { isAgent } from '#server/queries/agents.ts';
import { forOrder, supportProcedure } from '../procedures.ts';
import { rejected } from '../refusal.ts';
import { commandInput, firstAnswerFor, requestBody, runCommand } from '../run-command.ts';

/** Gives an order to a support agent or administrator, or back to nobody. The last one who says so has it. */
export const orderAssign = supportProcedure
  .input(forOrder({ ...commandInput, to: z.string().min(1).max(80).nullable() }))
  .mutation(async ({ ctx, input }) => {
    const { orderId, commandId, to } = input;
    if (to !== null && !(await isAgent(ctx.runtime, to))) {
      // Who was an agent when it was sent first may be none any more.
      const first = await firstAnswerFor(ctx.runtime, { commandId, actor: ctx.actor, body: requestBody(input) });
      if (!first) throw rejected({ code: 'AssigneeUnknown' });
      return first;
    }
    // Whoever had it before is told in the event; it is no conflict.
    return runCommand(ctx, orderId, { ...input, decidedOn: undefined }, { type: 'AssignOrder', orderId, to });
  });
