import { afterAll, beforeAll, expect, test } from 'vitest';
import { cardToken, orderRequest } from './testing/orders.ts';
import { startTestWeb, type TestWeb } from './testing/web-fixture.ts';

let web: TestWeb;
let cookie: string;
beforeAll(async () => {
  web = await startTestWeb();
  cookie = (await web.signIn('customer')).cookie;
});
afterAll(() => web.close());

type Call = {
  readonly path: string;
  readonly input?: unknown;
  readonly isWrite?: boolean;
  readonly isSignedIn?: boolean;
};

// A batch of one goes the way of tRPC's own adapter.
const ask = async ({ path, input, isWrite, isSignedIn }: Call, isBatch: boolean) => {
  const given = isBatch ? { 0: input } : input;
  const search = new URLSearchParams(isBatch ? { batch: '1' } : {});
  if (!isWrite && input !== undefined) search.set('input', JSON.stringify(given));
  const response = await fetch(`${web.url}/api/trpc/${path}?${search}`, {
    method: isWrite ? 'POST' : 'GET',
    headers: {
      ...(isWrite ? { 'content-type': 'application/json', origin: web.origin } : {}),
      ...(isSignedIn ? { cookie } : {}),
      'x-waybill-token': 'nonsense',
    },
    ...(isWrite ? { body: JSON.stringify(given) } : {}),
  });
  const body = await response.json();
  const [answer] = isBatch ? body : [body];
  // The one thing that may differ: each request has a name of its own.
  if (answer.error?.data) answer.error.data.reference = typeof answer.error.data.reference;
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    vary: response.headers.get('vary'),
    freshness: response.headers.get('x-waybill-freshness'),
    answer,
  };
};

const calls: Readonly<Record<string, Call>> = {
  'an answer': { path: 'shop.catalog.list', input: { limit: 2 } },
  'an answer without input': { path: 'session.me', isSignedIn: true },
  'nothing for nobody': { path: 'session.me' },
  'an input that does not fit': { path: 'shop.catalog.list', input: { limit: 'two' } },
  'a field too many': { path: 'shop.catalog.list', input: { limit: 2, extra: 1 } },
  'an input that is not there': { path: 'shop.catalog.get' },
  'who is not signed in': { path: 'shop.orders.list', input: {} },
  'who may not': { path: 'support.orders.counts', isSignedIn: true },
  'a thing that is not there': { path: 'shop.catalog.get', input: { sku: 'NO-SUCH' } },
  'a path that is not there': { path: 'shop.nothing', input: {} },
  'a name that every object has': { path: 'constructor', input: {} },
  'a write that is asked as a read': { path: 'shop.placeOrder', input: {} },
  'a read that is asked as a write': { path: 'session.me', input: {}, isWrite: true },
  'a write that does not fit': { path: 'shop.tokenizeCard', input: { number: '1' }, isWrite: true },
};

test.each(Object.entries(calls))('a plain call is answered as tRPC’s own adapter does: %s', async (_, call) => {
  expect(await ask(call, false)).toEqual(await ask(call, true));
});

test('a refused command, and the same command twice, are answered as tRPC’s own adapter does', async () => {
  const request = orderRequest(await cardToken(web));
  const placed = await ask({ path: 'shop.placeOrder', input: request, isWrite: true }, false);
  expect(placed.status).toBe(200);
  expect(await ask({ path: 'shop.placeOrder', input: request, isWrite: true }, true)).toEqual(placed);
  const soldOut = { path: 'shop.placeOrder', input: orderRequest('no-such-card'), isWrite: true };
  const refused = await ask(soldOut, false);
  expect(refused.status).toBeGreaterThanOrEqual(400);
  expect(await ask(soldOut, true)).toEqual(refused);
});

test('JSON that is broken is the caller’s mistake', async () => {
  const broken = await fetch(`${web.url}/api/trpc/shop.catalog.list?input=${encodeURIComponent('{"limit":')}`);
  const written = await fetch(`${web.url}/api/trpc/shop.tokenizeCard`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: web.origin },
    body: '{"number":',
  });
  expect([broken.status, written.status]).toEqual([400, 400]);
});
