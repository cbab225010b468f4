import { listCategories } from '#server/queries/catalog.ts';
import { publicProcedure } from '../procedures.ts';

/** The categories in the catalog's order, with how many products each has. */
export const catalogCategories = publicProcedure.query(({ ctx }) => listCategories(ctx.runtime.crud));
