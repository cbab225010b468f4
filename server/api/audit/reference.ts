import { readWarehouseNames } from '#server/queries/admin-warehouses.ts';
import { readStaff } from '#server/queries/audit-actors.ts';
import { auditorProcedure } from '../procedures.ts';

/** The names that the history is written with and searched by: warehouses by their code, and the staff. */
export const reference = auditorProcedure.query(async ({ ctx }) => {
  const [warehouses, staff] = await Promise.all([readWarehouseNames(ctx.runtime), readStaff(ctx.runtime)]);
  return { warehouses: Object.fromEntries(warehouses.map(({ code, city }) => [code, city])), staff };
});
