import { countViews } from '#server/queries/order-search/count-views.ts';
import { supportProcedure } from '../procedures.ts';

/** How many orders each view of the desk holds, up to 1,000. Not waited for: a count may be a moment behind. */
export const ordersCounts = supportProcedure.query(({ ctx }) => countViews(ctx.runtime));
