import { asc } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { shippingMethods } from '#db/schema/shipping-methods.ts';
import { taxRates } from '#db/schema/tax-rates.ts';
import { warehouses } from '#db/schema/warehouses.ts';

const read = async (crud: PostgresJsDatabase) => {
  const [methods, rates, houses] = await Promise.all([
    crud.select().from(shippingMethods).orderBy(asc(shippingMethods.rank)),
    crud.select().from(taxRates).orderBy(asc(taxRates.name)),
    crud.select().from(warehouses).orderBy(asc(warehouses.code)),
  ]);
  return { methods, rates, warehouses: houses };
};

/** Shipping methods, tax rates and warehouses: small tables that every quote needs and that seldom change. */
export type ShopReference = Awaited<ReturnType<typeof read>>;

const freshMs = 5_000;
const kept = new WeakMap<PostgresJsDatabase, { readonly at: number; readonly value: Promise<ShopReference> }>();

/** At most 5 s old: a busy checkout asks for the three tables once in that time. */
export const shopReference = (crud: PostgresJsDatabase): Promise<ShopReference> => {
  const known = kept.get(crud);
  if (known && performance.now() - known.at < freshMs) return known.value;
  const value = read(crud);
  kept.set(crud, { at: performance.now(), value });
  // A failure is not kept: the next asks again.
  value.catch(() => kept.delete(crud));
  return value;
};
