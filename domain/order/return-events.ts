import { z } from 'zod';
import { fulfillmentIdSchema, lineIdSchema, orderIdSchema, skuSchema, subjectIdSchema } from '../shared/ids.ts';
import { personal } from '../shared/personal.ts';

const forReturn = { orderId: orderIdSchema, returnId: z.uuid() };
/** Personal: people write about themselves. */
const reason = personal(z.string().min(1).max(1_000));

export const returnedLineSchema = z.strictObject({
  lineId: lineIdSchema,
  sku: skuSchema,
  quantity: z.int().min(1).max(100_000),
});
export type ReturnedLine = z.infer<typeof returnedLineSchema>;

export const resolutionSchema = z.enum(['refund', 'exchange']);
export type Resolution = z.infer<typeof resolutionSchema>;

/** What becomes of a returned unit. Only `refused` is not made good: it goes back to the customer. */
export const dispositionSchema = z.enum(['restock', 'damaged', 'refused']);
export type Disposition = z.infer<typeof dispositionSchema>;

export const returnEventSchemas = {
  /** Of one fulfillment: what came in one delivery goes back together. */
  ReturnRequested: z.strictObject({
    ...forReturn,
    subjectId: subjectIdSchema,
    /** Not `fulfillmentId`: the event is the order's. */
    fromFulfillment: fulfillmentIdSchema,
    lines: z.array(returnedLineSchema).min(1).max(2_000),
    reason,
    resolution: resolutionSchema,
  }),
  ReturnApproved: z.strictObject({ ...forReturn }),
  ReturnDeclined: z.strictObject({ ...forReturn, subjectId: subjectIdSchema, reason }),
} as const;

export type ReturnEvent = {
  [Type in keyof typeof returnEventSchemas]: { readonly type: Type } & z.infer<(typeof returnEventSchemas)[Type]>;
}[keyof typeof returnEventSchemas];
