import { eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { type Customer, customers, type SavedAddress } from '#db/schema/customers.ts';

export const findCustomer = async (crud: PostgresJsDatabase, id: string): Promise<Customer | null> => {
  const [row] = await crud.select().from(customers).where(eq(customers.id, id));
  return row ?? null;
};

/** Keeps the address of the last order for the next checkout. */
export const saveAddress = async (crud: PostgresJsDatabase, id: string, address: SavedAddress): Promise<void> => {
  await crud
    .insert(customers)
    .values({ id, defaultAddress: address })
    .onConflictDoUpdate({ target: customers.id, set: { defaultAddress: address } });
};
