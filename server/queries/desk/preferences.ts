import { eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { deskPreferences } from '#db/schema/desk-preferences.ts';
import { defaultColumns, isOrderColumn, type OrderColumn } from '#domain/search/order-columns.ts';
import { defaultSort, type OrderSort } from '#domain/search/order-sorts.ts';

export type DeskPreferences = { readonly columns: readonly OrderColumn[]; readonly sort: OrderSort };

/** How an agent wants the list; as it comes for who has never said. */
export const readPreferences = async (crud: PostgresJsDatabase, userId: string): Promise<DeskPreferences> => {
  const [row] = await crud
    .select({ columns: deskPreferences.columns, sort: deskPreferences.sort })
    .from(deskPreferences)
    .where(eq(deskPreferences.userId, userId));
  // A column that an earlier release had may be gone.
  const columns = row?.columns.filter(isOrderColumn) ?? [];
  return { columns: columns.length > 0 ? columns : defaultColumns, sort: row?.sort ?? defaultSort };
};

export const savePreferences = async (
  crud: PostgresJsDatabase,
  userId: string,
  { columns, sort }: DeskPreferences,
): Promise<void> => {
  const set = { columns: [...columns], sort, updatedAt: new Date() };
  await crud
    .insert(deskPreferences)
    .values({ userId, ...set })
    .onConflictDoUpdate({ target: deskPreferences.userId, set });
};
