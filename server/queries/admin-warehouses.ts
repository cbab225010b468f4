import type { Database } from '#db/clients.ts';

/** A warehouse as tool bars name it. Imported ones have no row of their own: their code is their city. */
export type WarehouseName = { readonly code: string; readonly city: string };

/** Our warehouses by code. */
export const readWarehouseNames = async ({ sql }: { readonly sql: Database }): Promise<WarehouseName[]> => [
  ...(await sql<WarehouseName[]>`select code, city from shop.warehouses order by city, code`),
];
