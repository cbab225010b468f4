import { afterAll, beforeAll, expect, test } from 'vitest';
import { signOrderLink } from '#server/auth/order-link.ts';
import { mutate, query } from '#server/http/testing/api-client.ts';
import { cardToken, orderRequest } from '#server/http/testing/orders.ts';
import { startTestWeb, type TestWeb } from '#server/http/testing/web-fixture.ts';

let web: TestWeb;
let order: string;
let another: string;
let link: string;
const log: string[] = [];

const place = async (cookie?: string) => {
  const { data } = await mutate(web, 'shop.placeOrder', orderRequest(await cardToken(web)), { cookie });
  return { orderId: data.events[0].event.orderId as string, link: data.link as string | null };
};

beforeAll(async () => {
  web = await startTestWeb({
    onLog: (line) => log.push(line),
    pages: (_req, res) => res.end('a page'),
  });
  const placed = await place();
  order = placed.orderId;
  link = placed.link ?? '';
  another = (await place()).orderId;
});
afterAll(() => web.close());

const read = async (input: object, cookie?: string) => {
  const { status, error } = await query(web, 'shop.order.mails', input, { cookie });
  return { status, refusal: error?.refusal?.kind === 'rejected' ? error.refusal.rejection : null };
};

test('a link opens its order without signing in, and no other order', async () => {
  expect(await read({ orderId: order, link })).toEqual({ status: 200, refusal: null });
  expect(await read({ orderId: another, link })).toEqual({ status: 401, refusal: null });
  expect(await read({ orderId: order })).toEqual({ status: 401, refusal: null });
});

test('the link in a customer’s mail opens their order too, without signing in', async () => {
  const { cookie } = await web.signIn('customer');
  const own = await place(cookie);
  // Nobody who has just signed in needs one.
  expect(own.link).toBeNull();
  const mailed = signOrderLink(web.runtime.env.WAYBILL_LINK_KEY, own.orderId);
  expect(await read({ orderId: own.orderId, link: mailed })).toEqual({ status: 200, refusal: null });
});

test('a link that has expired says so, and only to whoever holds a genuine one of that order', async () => {
  const longAgo = new Date(Date.now() - 200 * 24 * 60 * 60_000);
  const expired = signOrderLink(web.runtime.env.WAYBILL_LINK_KEY, order, longAgo);
  expect(await read({ orderId: order, link: expired })).toEqual({ status: 403, refusal: { code: 'LinkExpired' } });
  expect(await read({ orderId: another, link: expired })).toEqual({ status: 401, refusal: null });
  const [, signature] = link.split('.');
  expect(await read({ orderId: order, link: `99999.${signature}` })).toEqual({ status: 401, refusal: null });
});

test('a page whose address holds a link tells nobody where its reader came from, and is in no index', async () => {
  const { headers } = await fetch(`${web.url}/orders/${order}?link=${link}`);
  expect([headers.get('referrer-policy'), headers.get('x-robots-tag')]).toEqual(['no-referrer', 'noindex']);
  const plain = await fetch(`${web.url}/catalog`);
  expect(plain.headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
});

test('no link is written to the log, whatever was asked with it and however it ended', async () => {
  log.length = 0;
  await fetch(`${web.url}/orders/${order}?link=${link}`);
  await read({ orderId: order, link });
  await read({ orderId: another, link });
  await query(web, 'shop.order.get', { orderId: order, link, unknown: true });
  await query(web, 'shop.order.get', { orderId: 'no uuid', link });
  await mutate(web, 'shop.order.cancel', { orderId: order, link, commandId: 'no uuid' });
  const live = new AbortController();
  const input = encodeURIComponent(JSON.stringify({ orderId: order, link }));
  await fetch(`${web.url}/api/trpc/live.order?input=${input}`, { signal: live.signal });
  live.abort();
  // The log was on: refusals are in it.
  expect(log.length).toBeGreaterThan(0);
  expect(log.filter((line) => line.includes(link) || line.includes(link.split('.')[1] ?? ''))).toEqual([]);
});
