import { z } from 'zod';
import { type EventType, eventTypes } from '#domain/events/registry.ts';
import { skuSchema } from '#domain/shared/ids.ts';
import { cursorOf, historyTimes, readHistory } from '#server/queries/audit-history.ts';
import { tokenless } from '#server/queries/hidden-token.ts';
import { staffNames } from '#server/queries/staff-names.ts';
import { auditorProcedure } from '../procedures.ts';

const word = z.string().trim().min(1).max(120).optional();

/**
 * The whole history, the newest first: by order, actor, type of event, stock of a SKU, stream, command or correlation,
 * and by either of the two times. `next` is the cursor of the following page, null on the last.
 */
export const historySearch = auditorProcedure
  .meta({ reads: ['order_history', 'order_search', 'order_status'] })
  .input(
    z.strictObject({
      order: word,
      actor: word,
      type: z.enum([...eventTypes.keys()] as [EventType, ...EventType[]]).optional(),
      sku: skuSchema.optional(),
      id: word,
      time: z.enum(historyTimes).default('recorded'),
      from: z.iso.datetime().optional(),
      until: z.iso.datetime().optional(),
      cursor: z
        .strictObject({
          incarnation: z.int(),
          transactionId: z.int(),
          position: z.int(),
          at: z.iso.datetime(),
        })
        .nullish(),
      limit: z.int().min(1).max(200).default(60),
      /** Of infinite queries: they send it along. */
      direction: z.literal('forward').optional(),
    }),
  )
  .query(async ({ ctx, input: { cursor, limit, direction: _, ...filter } }) => {
    const found = await readHistory(ctx.runtime, filter, cursor ?? null, limit + 1);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const people = items.filter(({ actor }) => actor.role !== 'system').map(({ actor }) => actor.id);
    return {
      items: tokenless(items),
      names: await staffNames(ctx.runtime, people),
      next: found.length > limit && last ? cursorOf(last, filter) : null,
    };
  });
