import { z } from 'zod';
import { fulfillmentIdSchema, lineIdSchema } from '#domain/shared/ids.ts';
import { forOrder, warehouseProcedure } from '../procedures.ts';
import { commandInput, runCommand } from '../run-command.ts';

/** Some of a line are not in their bin. They leave the books as unavailable, and the rest can be packed. */
export const reportShortPick = warehouseProcedure
  .input(
    forOrder({
      ...commandInput,
      fulfillmentId: fulfillmentIdSchema,
      lineId: lineIdSchema,
      missing: z.int().min(1).max(100_000),
    }),
  )
  .mutation(({ ctx, input }) => {
    const { orderId, fulfillmentId, lineId, missing } = input;
    return runCommand(ctx, orderId, input, { type: 'ReportShortPick', orderId, fulfillmentId, lineId, missing });
  });
