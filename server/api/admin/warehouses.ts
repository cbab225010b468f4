import { readWarehouseNames } from '#server/queries/admin-warehouses.ts';
import { adminProcedure } from '../procedures.ts';

/** Our warehouses, for filters and forms. */
export const warehouses = adminProcedure.query(({ ctx }) => readWarehouseNames(ctx.runtime));
