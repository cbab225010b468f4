import { z } from 'zod';
import { resolutionSchema } from '#domain/order/return-events.ts';
import { fulfillmentIdSchema, idSchema, lineIdSchema } from '#domain/shared/ids.ts';

export const countedLines = z
  .array(z.strictObject({ lineId: lineIdSchema, quantity: z.int().min(1).max(100_000) }))
  .min(1, 'Choose at least one item')
  .max(500);

/** What somebody sends back of one delivery, why, and what they want for it. */
export const returnRequest = {
  returnId: idSchema,
  fulfillmentId: fulfillmentIdSchema,
  lines: countedLines,
  reason: z.string().trim().min(1, 'Say why').max(1_000),
  resolution: resolutionSchema,
};
