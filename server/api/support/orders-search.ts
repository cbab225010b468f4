import { z } from 'zod';
import { parseOrderQuery } from '#domain/search/order-query.ts';
import { orderIdSchema } from '#domain/shared/ids.ts';
import { deskViews } from '#server/queries/order-search/filter-sql.ts';
import { searchOrders } from '#server/queries/order-search/search-orders.ts';
import { supportProcedure } from '../procedures.ts';

const cursor = z.strictObject({
  placedAt: z.iso.datetime(),
  orderId: orderIdSchema,
  mode: z.enum(['exact', 'words']).nullable(),
});

/**
 * The desk's list: `q` is what the agent typed, filters included (`payment:authorized oliv`). A filter that isn't
 * understood narrows nothing; the screen says so, by the same parser. `next` is the cursor of the following page.
 */
export const ordersSearch = supportProcedure
  .meta({ reads: ['order_search'] })
  .input(
    z.strictObject({
      q: z.string().max(400).default(''),
      view: z.enum(deskViews).default('open'),
      cursor: cursor.nullish(),
      direction: z.literal('forward').optional(),
      limit: z.int().min(1).max(100).default(60),
    }),
  )
  .query(({ ctx, input }) => {
    const { filters, text } = parseOrderQuery(input.q);
    return searchOrders(ctx.runtime, { view: input.view, filters, text }, input.cursor ?? null, input.limit);
  });
