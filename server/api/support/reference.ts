import { readStaff } from '#server/queries/audit-actors.ts';
import { shopReference } from '#server/queries/shop-reference.ts';
import { supportProcedure } from '../procedures.ts';

/** The names that timelines are written with: warehouses by their code, and the staff. */
export const reference = supportProcedure.query(async ({ ctx }) => {
  const [{ warehouses }, staff] = await Promise.all([shopReference(ctx.runtime.crud), readStaff(ctx.runtime)]);
  return { warehouses: Object.fromEntries(warehouses.map(({ code, city }) => [code, city])), staff };
});
