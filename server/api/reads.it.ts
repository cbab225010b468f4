import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeSql, openSql } from '#db/clients.ts';
import { mutate, query } from '#server/http/testing/api-client.ts';
import { cardToken, orderRequest } from '#server/http/testing/orders.ts';
import { startTestWeb, type TestWeb } from '#server/http/testing/web-fixture.ts';

// No worker runs here: the read side moves only where a test moves it.
let web: TestWeb;
let order: { readonly orderId: string; readonly link: string; readonly token: string };
beforeAll(async () => {
  web = await startTestWeb();
  const { data } = await mutate(web, 'shop.placeOrder', orderRequest(await cardToken(web)));
  order = { orderId: data.events[0].event.orderId, link: data.link, token: data.token };
});
afterAll(() => web.close());

const read = async (token?: string) => {
  const startedAt = performance.now();
  const { orderId, link } = order;
  const answer = await query(web, 'shop.order.get', { orderId, link }, token === undefined ? {} : { token });
  return {
    status: answer.status,
    freshness: answer.headers.get('x-waybill-freshness'),
    ms: performance.now() - startedAt,
  };
};

test('without a token nothing is waited for, and nothing is said', async () => {
  const { status, freshness, ms } = await read();
  expect({ status, freshness }).toEqual({ status: 200, freshness: null });
  expect(ms).toBeLessThan(900);
});

test('a read that can’t catch up answers after the bound with what there is, and says that it is stale', async () => {
  const { status, freshness, ms } = await read(order.token);
  expect({ status, freshness }).toEqual({ status: 200, freshness: 'stale' });
  expect(ms).toBeGreaterThan(900);
  expect(ms).toBeLessThan(3_000);
});

test.each(['nonsense', '7.1.1', '1.999999999999.1', "1'; drop table es.events; --"])(
  'a token of no use is told and not waited for: %s',
  async (token) => {
    const { status, freshness, ms } = await read(token);
    expect({ status, freshness }).toEqual({ status: 200, freshness: 'tokenReset' });
    expect(ms).toBeLessThan(900);
  },
);

test('a procedure that reads no projection doesn’t wait', async () => {
  const answer = await query(web, 'session.me', undefined, { token: order.token });
  expect(answer.headers.get('x-waybill-freshness')).toBeNull();
});

test('a batch is as fresh as its worst read', async () => {
  const { orderId, link } = order;
  const input = encodeURIComponent(JSON.stringify({ 1: { orderId, link } }));
  const response = await fetch(`${web.url}/api/trpc/session.me,shop.order.get?batch=1&input=${input}`, {
    headers: { 'x-waybill-token': order.token },
  });
  expect(response.headers.get('x-waybill-freshness')).toBe('stale');
});

test('a read whose projection passes the token while it waits is current, and comes at once', async () => {
  const [incarnation, transactionId, position] = order.token.split('.').map(Number);
  const worker = openSql(web.database.workerUrl, { max: 1, applicationName: 'test' });
  const reading = read(order.token);
  await worker`
    insert into read.checkpoints (consumer, version, incarnation, transaction_id, position)
    values ('order_status', 2, ${incarnation ?? 0}, ${transactionId ?? 0}, ${position ?? 0})
    on conflict (consumer, version) do update set
      incarnation = excluded.incarnation, transaction_id = excluded.transaction_id, position = excluded.position`;
  const { freshness, ms } = await reading;
  await closeSql(worker);
  expect(freshness).toBe('current');
  expect(ms).toBeLessThan(950);
});
