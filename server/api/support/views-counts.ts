import { z } from 'zod';
import { idSchema } from '#domain/shared/ids.ts';
import { countSavedViews } from '#server/queries/desk/count-saved-views.ts';
import { visibleViews } from '#server/queries/desk/saved-views.ts';
import { supportProcedure } from '../procedures.ts';

/** How many orders these views find, up to 1,000 each; a view that the agent doesn't see is missing. */
export const viewsCounts = supportProcedure
  .input(z.strictObject({ ids: z.array(idSchema).max(12) }))
  .query(async ({ ctx, input }) => {
    const views = await visibleViews(ctx.runtime.crud, ctx.viewer.id);
    return countSavedViews(
      ctx.runtime,
      ctx.viewer.id,
      views.filter(({ id }) => input.ids.includes(id)),
    );
  });
