import { visibleViews } from '#server/queries/desk/saved-views.ts';
import { supportProcedure } from '../procedures.ts';

/** The agent's own views, and those that others share. */
export const viewsList = supportProcedure.query(({ ctx }) => visibleViews(ctx.runtime.crud, ctx.viewer.id));
