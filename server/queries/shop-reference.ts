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

/** From this age on they are read anew while those that are known still answer: in a rush sixty buyers would wait. */
const renewedFromMs = 4_000;
const oldestMs = 5_000;

type Kept = { readonly at: number; readonly value: Promise<ShopReference>; next: Kept | null };
const kept = new WeakMap<PostgresJsDatabase, Kept>();

const ask = (crud: PostgresJsDatabase, known: Kept | undefined): Kept => {
  const asked: Kept = { at: performance.now(), value: read(crud), next: null };
  if (known) known.next = asked;
  else kept.set(crud, asked);
  asked.value.then(
    () => kept.set(crud, asked),
    // A failure is not kept: the next asks again.
    () => {
      if (known) known.next = null;
      else kept.delete(crud);
    },
  );
  return asked;
};

/** At most 5 s old: a busy checkout asks for the three tables once in four. Throws the driver's error. */
export const shopReference = (crud: PostgresJsDatabase): Promise<ShopReference> => {
  const known = kept.get(crud);
  const ageMs = known ? performance.now() - known.at : oldestMs;
  if (known && ageMs < renewedFromMs) return known.value;
  const next = known?.next ?? ask(crud, known);
  return known && ageMs < oldestMs ? known.value : next.value;
};
