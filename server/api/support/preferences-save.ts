import { z } from 'zod';
import { allOrderColumns } from '#domain/search/order-columns.ts';
import { orderSorts } from '#domain/search/order-sorts.ts';
import { savePreferences } from '#server/queries/desk/preferences.ts';
import { supportProcedure } from '../procedures.ts';

/** Keeps the agent's columns, in their order, and the sort that lists open in. */
export const preferencesSave = supportProcedure
  .input(
    z.strictObject({
      columns: z
        .array(z.enum(allOrderColumns))
        .min(1)
        .max(allOrderColumns.length)
        .refine((ids) => new Set(ids).size === ids.length, 'Each column once'),
      sort: z.enum(orderSorts),
    }),
  )
  .mutation(({ ctx, input }) => savePreferences(ctx.runtime.crud, ctx.viewer.id, input));
