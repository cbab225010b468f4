import { z } from 'zod';
import { deskViews, orderSorts } from '#domain/search/order-sorts.ts';
import { idSchema } from '#domain/shared/ids.ts';
import { saveView } from '#server/queries/desk/saved-views.ts';
import { supportProcedure } from '../procedures.ts';
import { tellOutcome } from './view-outcome.ts';

/** Keeps a view, new or changed. Only its owner may change one, also where it is shared. */
export const viewsSave = supportProcedure
  .input(
    z.strictObject({
      id: idSchema,
      name: z.string().trim().min(1).max(40),
      query: z.string().max(400),
      base: z.enum(deskViews),
      sort: z.enum(orderSorts),
      isShared: z.boolean(),
    }),
  )
  .mutation(async ({ ctx, input }) => tellOutcome(await saveView(ctx.runtime.crud, ctx.viewer.id, input)));
