import { z } from 'zod';
import { idSchema } from '#domain/shared/ids.ts';
import { deleteView } from '#server/queries/desk/saved-views.ts';
import { supportProcedure } from '../procedures.ts';
import { tellOutcome } from './view-outcome.ts';

/** Only its owner may delete a view. */
export const viewsDelete = supportProcedure
  .input(z.strictObject({ id: idSchema }))
  .mutation(async ({ ctx, input }) => tellOutcome(await deleteView(ctx.runtime.crud, ctx.viewer.id, input.id)));
