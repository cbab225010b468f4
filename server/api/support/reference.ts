import { shopReference } from '#server/queries/shop-reference.ts';
import { supportProcedure } from '../procedures.ts';

/** The names that timelines are written with: warehouses by their code. */
export const reference = supportProcedure.query(async ({ ctx }) => {
  const { warehouses } = await shopReference(ctx.runtime.crud);
  return { warehouses: Object.fromEntries(warehouses.map(({ code, city }) => [code, city])) };
});
