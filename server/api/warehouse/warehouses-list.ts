import { shopReference } from '#server/queries/shop-reference.ts';
import { warehouseProcedure } from '../procedures.ts';

/** The warehouses that one may work in: `cutoff` is in the warehouse's own time. */
export const warehousesList = warehouseProcedure.query(async ({ ctx }) => {
  const { warehouses } = await shopReference(ctx.runtime.crud);
  return warehouses.map(({ code, city, country, timeZone, cutoff }) => ({ code, city, country, timeZone, cutoff }));
});
