import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { query } from './testing/api-client.ts';
import { startTestWeb, type TestWeb } from './testing/web-fixture.ts';

let web: TestWeb;
beforeAll(async () => {
  web = await startTestWeb();
});
afterAll(() => web.close());

/** Something that asks the store's pool, and finds nothing. */
const ask = () => query(web, 'shop.challenge.get', { challengeId: v7() });

/** Takes every connection of the store's pool, until the returned function is called. */
const takeAll = async (): Promise<() => Promise<void>> => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const most = web.runtime.sql.options.max;
  let taken = 0;
  const allTaken = Promise.withResolvers<void>();
  const transactions = Array.from({ length: most }, () =>
    web.runtime.sql.begin(async (sql) => {
      await sql`select 1`;
      taken += 1;
      if (taken === most) allTaken.resolve();
      await held;
    }),
  );
  await allTaken.promise;
  return async () => {
    release();
    await Promise.all(transactions);
  };
};

test('a full pool lets requests wait 2 s at most, then says 503 and when to come back, while health answers', async () => {
  const release = await takeAll();
  const startedAt = performance.now();
  const [refused, health] = await Promise.all([
    ask(),
    fetch(`${web.url}/api/health`).then(async (response) => ({
      status: response.status,
      ms: performance.now() - startedAt,
    })),
  ]);
  const waitedMs = performance.now() - startedAt;
  await release();
  const after = await ask();
  expect({ status: refused.status, code: refused.error?.code }).toEqual({ status: 503, code: 'SERVICE_UNAVAILABLE' });
  expect(refused.headers.get('retry-after')).toBe('2');
  expect(waitedMs).toBeGreaterThan(1_900);
  expect(waitedMs).toBeLessThan(3_000);
  expect(health.status).toBe(200);
  expect(health.ms).toBeLessThan(1_500);
  expect(after.status).toBe(404);
});

test('what gets a connection within the 2 s is answered as ever', async () => {
  const release = await takeAll();
  const asked = ask();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await release();
  expect((await asked).status).toBe(404);
});

test('a transaction that got no connection in time is refused, and its body never runs', async () => {
  const release = await takeAll();
  let ran = false;
  const late = web.runtime.sql.begin(async () => {
    ran = true;
  });
  await expect(late).rejects.toThrow('No database connection became free within 2000 ms');
  await release();
  await web.runtime.sql`select 1`;
  expect(ran).toBe(false);
});
