import { z } from 'zod';
import { orderIdSchema } from '#domain/shared/ids.ts';
import { readSearch } from '#server/queries/order-search/read-search.ts';
import { searchOrders } from '#server/queries/order-search/search-orders.ts';
import { supportProcedure } from '../procedures.ts';
import { searchInput } from './search-input.ts';

const cursor = z.strictObject({
  /** An instant, or minor units. */
  at: z.union([z.iso.datetime(), z.string().regex(/^\d{1,15}$/)]),
  orderId: orderIdSchema,
  found: z.templateLiteral([z.enum(['exact', 'words']), ' ', z.enum(['text', 'filters', 'walk'])]).nullable(),
  instead: z.string().max(400).nullable(),
});

/**
 * The desk's list. A filter that isn't understood narrows nothing; the screen says so, by the same parser. `next` is the
 * cursor of the following page.
 */
export const ordersSearch = supportProcedure
  .meta({ reads: ['order_search'] })
  .input(
    z
      .strictObject({
        ...searchInput,
        cursor: cursor.nullish(),
        direction: z.literal('forward').optional(),
        limit: z.int().min(1).max(100).default(60),
      })
      // A cursor belongs to the sort that it was made in.
      .refine(({ sort, cursor: after }) => !after || /^\d+$/.test(after.at) === /total$/.test(sort), {
        path: ['cursor'],
      }),
  )
  .query(async ({ ctx, input }) => {
    const search = await readSearch(ctx.runtime, ctx.viewer.id, input);
    return searchOrders(ctx.runtime, search, input.cursor ?? null, input.limit);
  });
