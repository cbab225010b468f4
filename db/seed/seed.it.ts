import { expect, test } from 'vitest';
import { closeSql, openSql } from '#db/clients.ts';
import { createTestDatabase } from '#db/testing/test-database.ts';
import * as registry from '#domain/events/registry.ts';
import { readEnv } from '#server/env.ts';
import { createCodec } from '#server/event-store/codec.ts';
import { createEventStore } from '#server/event-store/event-store.ts';
import { createSubjectKeys } from '#server/event-store/subject-keys.ts';
import { buildHouse } from '#server/runtime/testing/house.ts';
import { seed } from './seed.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const secret = 's'.repeat(40);

test('the seed tells a month of orders that the deciders allow, once', async () => {
  const database = await createTestDatabase();
  const env = readEnv({
    NODE_ENV: 'test',
    APP_DATABASE_URL: database.appUrl,
    WAYBILL_MASTER_KEY: key,
    WAYBILL_COMMAND_HMAC_KEY: key,
    WAYBILL_LINK_KEY: key,
    BETTER_AUTH_SECRET: secret,
    GATEWAY_WEBHOOK_SECRET: secret,
  });
  const sql = openSql(database.appUrl, { max: 1, applicationName: 'seed-test' });
  const counts = async () => {
    const [row] = await sql<{ products: number; accounts: number; orders: number; events: number }[]>`
      select (select count(*) from shop.products) as products, (select count(*) from auth.accounts) as accounts,
        (select count(*) from es.events where type = 'OrderPlaced') as orders,
        (select count(*) from es.events) as events`;
    return row;
  };
  await seed(env);
  const first = await counts();
  await seed(env);
  const second = await counts();
  // The processes hear the month, and have nothing to object to.
  const workerSql = openSql(database.workerUrl, { max: 4, applicationName: 'seed-test-worker' });
  const keys = createSubjectKeys({ sql: workerSql, masterKey: Buffer.from(key, 'base64') });
  const store = createEventStore({ sql: workerSql, codec: createCodec(registry, keys) });
  await buildHouse({ sql: workerSql, store, keys }).settle();
  const refused = await workerSql`select command_type, rejection, order_key from proc.rejected_commands`;
  await closeSql(workerSql);
  const last = await sql<{ type: string }[]>`select distinct type from es.events`;
  await closeSql(sql);
  await database.drop();

  expect(first).toMatchObject({ accounts: 5, orders: 65 });
  expect(first?.products).toBeGreaterThanOrEqual(60);
  expect(second).toEqual(first);
  expect([...refused]).toEqual([]);
  expect(last.map(({ type }) => type)).toEqual(
    expect.arrayContaining(['OrderRejected', 'OrderCanceled', 'OrderCompleted', 'PaymentRefunded', 'DeliveryFailed']),
  );
});
