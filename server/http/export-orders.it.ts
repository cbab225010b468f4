import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSql } from '#db/clients.ts';
import { startTestWeb, type TestWeb } from './testing/web-fixture.ts';

const orderCount = 1_300;
let web: TestWeb;
let support: string;

beforeAll(async () => {
  web = await startTestWeb();
  support = (await web.signIn('support')).cookie;
  const worker = openSql(web.database.workerUrl, { max: 1, applicationName: 'test' });
  await worker.unsafe(`
    insert into read.order_search_v2 (order_key, order_number, subject_id, customer_name, tier, channel, currency,
      total_minor, paid_minor, refunded_minor, refund_pending_minor, country, city, order_status, payment_status, holds,
      is_held, tags, warehouses, item_count, line_count, ship_by, deliver_by, placed_at, updated_at, memory)
    select gen_random_uuid(), 'EX-' || n, 's', case n when 7 then '=HYPERLINK("http://evil.example","Ana, Ltd.")'
      else 'Ana' end, 'standard', 'web', case when n = 8 then 'JPY' else 'EUR' end, n, 0, 0, 0, 'PT', '-2+3', 'confirmed',
      'captured', '{}', false, '{vip,gift}', '{OPO}', 1, 1, at, at, at, at, '{}'
    from (select n, timestamptz '2026-01-01' + n * interval '1 minute' as at from generate_series(1, ${orderCount}) as n) as made`);
  await worker.end();
});
afterAll(() => web.close());

const get = (search: string, headers: Readonly<Record<string, string>> = { cookie: support }) =>
  fetch(`${web.url}/api/export/orders.csv${search}`, { headers });

/** An answer that nobody reads to its end keeps its connection, and with it the server. */
const statusOf = async (response: Response): Promise<number> => {
  await response.body?.cancel();
  return response.status;
};

const rowsOf = async (response: Response): Promise<readonly Readonly<Record<string, string>>[]> =>
  parse(await response.text(), { bom: true, columns: true });

test('is for the desk alone, as searching is', async () => {
  const statusFor = async (role: 'customer' | 'warehouse' | 'auditor' | 'admin') =>
    statusOf(await get('', { cookie: (await web.signIn(role)).cookie }));
  expect(await statusOf(await get('', {}))).toBe(401);
  expect(await Promise.all([statusFor('customer'), statusFor('warehouse'), statusFor('auditor')])).toEqual([
    403, 403, 403,
  ]);
  expect(await statusFor('admin')).toBe(200);
  expect(await statusOf(await get('', { cookie: support, 'sec-fetch-site': 'cross-site' }))).toBe(403);
});

test('takes what a search takes, and nothing else', async () => {
  expect(await statusOf(await get('?limit=5'))).toBe(400);
  expect(await statusOf(await get('?sort=name'))).toBe(400);
  expect(await statusOf(await get(`?q=${'x'.repeat(401)}`))).toBe(400);
  expect(await statusOf(await fetch(`${web.url}/api/export/customers.csv`, { headers: { cookie: support } }))).toBe(
    404,
  );
});

test('has every order of the search once, over many pages, in its order', async () => {
  const response = await get('?view=all&sort=total');
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="orders-\d{4}-\d{2}-\d{2}\.csv"$/);
  expect(response.headers.get('cache-control')).toBe('no-store');
  const rows = await rowsOf(response);
  expect(rows.map(({ Order }) => Order)).toEqual(Array.from({ length: orderCount }, (_, nth) => `EX-${nth + 1}`));
  expect(rows[9]).toMatchObject({
    Total: '0.10',
    Currency: 'EUR',
    Tags: 'vip; gift',
    Placed: '2026-01-01T00:10:00.000Z',
  });
  expect(rows[7]).toMatchObject({ Total: '8', Currency: 'JPY' });
});

test('narrows as the search does', async () => {
  expect(await rowsOf(await get('?view=all&q=total:%3E10%20total:%3C10.03'))).toHaveLength(2);
  expect(await rowsOf(await get('?view=holds'))).toEqual([]);
});

test('lets no cell be a formula', async () => {
  const rows = await rowsOf(await get('?view=all&sort=total'));
  expect(rows[6]?.Customer).toBe(`'=HYPERLINK("http://evil.example","Ana, Ltd.")`);
  expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
});

test('a third at once is refused, and says so before it is asked for', async () => {
  const ready = async () => (await fetch(url, { method: 'HEAD', headers: { cookie: support } })).status;
  const url = `${web.url}/api/export/orders.csv?view=all`;
  expect(await ready()).toBe(204);
  const worker = openSql(web.database.workerUrl, { max: 1, applicationName: 'test' });
  // Nobody gets to the orders: both exports stay under way.
  const { two } = await worker.begin(async (sql) => {
    await sql`lock table read.order_search_v2 in access exclusive mode`;
    const begun = [get('?view=all'), get('?view=all')];
    await expect.poll(ready).toBe(503);
    expect(await statusOf(await get('?view=all'))).toBe(503);
    return { two: begun };
  });
  expect(await Promise.all(two.map(async (one) => statusOf(await one)))).toEqual([200, 200]);
  await worker.end();
  await expect.poll(ready).toBe(204);
});

test('stops reading when the client goes, and makes room for others', async () => {
  for (let nth = 0; nth < 6; nth += 1) {
    const gone = new AbortController();
    const response = await fetch(`${web.url}/api/export/orders.csv?view=all`, {
      headers: { cookie: support },
      signal: gone.signal,
    });
    expect(response.status).toBe(200);
    gone.abort();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect((await rowsOf(await get('?view=all'))).length).toBe(orderCount);
});
