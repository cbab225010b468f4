import { closeSql, openSql } from '#db/clients.ts';
import { eventTypes, streamOf, upcast } from '#domain/events/registry.ts';
import type { Env } from '#server/env.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createEventStore } from '#server/event-store/event-store.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { demoAccounts } from './demo-accounts.ts';
import { seedHistory } from './seed-history.ts';
import { seedShop } from './seed-shop.ts';

const idOf = (role: string): string => demoAccounts.find((account) => account.role === role)?.id ?? role;

/**
 * Fills an empty shop with the demo: catalog, warehouses with stock, accounts, and a month of orders in every state.
 * Does nothing where there is a catalog already. Throws when the database refuses.
 */
export const seed = async (env: Env, now: Date = new Date()): Promise<void> => {
  const sql = openSql(env.APP_DATABASE_URL, { max: 4, applicationName: 'waybill-seed' });
  try {
    const [found] = await sql<{ exists: boolean }[]>`select exists (select from shop.products) as exists`;
    if (found?.exists) return;
    const keys = createSubjectKeys({ sql, masterKey: Buffer.from(env.WAYBILL_MASTER_KEY, 'base64') });
    const store = createEventStore({ sql, codec: createCodec({ eventTypes, streamOf, upcast }, keys) });
    const cast = {
      agent: { id: idOf('support'), role: 'support' as const },
      picker: { id: idOf('warehouse'), role: 'warehouse' as const },
    };
    // The catalog last: a start that was cut off midway finds it empty, and the history is told once.
    const [told] = await sql<{ exists: boolean }[]>`select exists (select from es.events) as exists`;
    const orders = told?.exists ? 0 : await seedHistory(sql, store, cast, now);
    await seedShop(sql);
    console.log(`Seeded the demo: ${orders} orders with their history, and the catalog.`);
  } finally {
    await closeSql(sql);
  }
};
