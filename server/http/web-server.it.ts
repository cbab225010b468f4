import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutate, query } from './testing/api-client.ts';
import { startTestWeb, type TestWeb } from './testing/web-fixture.ts';

/** Stands for Next: tells which headers it was given. */
const echo = (req: IncomingMessage, res: ServerResponse): void => {
  const { 'x-nonce': nonce, 'content-security-policy': policy } = req.headers;
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify({ nonce, policy }));
};

let web: TestWeb;
beforeAll(async () => {
  web = await startTestWeb({ pages: echo });
});
afterAll(() => web.close());

const post = (path: string, body: string, headers: Record<string, string>) =>
  fetch(`${web.url}${path}`, { method: 'POST', body, headers });
const json = { 'content-type': 'application/json' };
const tokenize = '/api/trpc/shop.tokenizeCard';
const card = JSON.stringify({ number: '4242424242424242', expiry: '12/40', cvc: '123' });

test('every page gets a nonce of its own, in the policy that the browser and Next see', async () => {
  const load = async () => {
    const response = await fetch(`${web.url}/any/page`);
    return { seen: response.headers.get('content-security-policy'), given: await response.json() };
  };
  const [one, two] = [await load(), await load()];
  expect(one.given.policy).toBe(one.seen);
  expect(one.seen).toContain(`'nonce-${one.given.nonce}'`);
  expect(one.given.nonce).not.toBe(two.given.nonce);
  expect(one.seen).not.toContain('unsafe-eval');
  expect(/script-src[^;]*unsafe-inline/.test(one.seen ?? '')).toBe(false);
});

test('a nonce and a policy that a client sends are overwritten', async () => {
  const response = await fetch(`${web.url}/any/page`, {
    headers: { 'x-nonce': 'evil', 'content-security-policy': "script-src 'unsafe-inline'" },
  });
  const { nonce, policy } = await response.json();
  expect(nonce).not.toBe('evil');
  expect(policy).toBe(response.headers.get('content-security-policy'));
});

test('every answer carries the security headers', async () => {
  for (const path of ['/', '/api/health', '/api/trpc/session.me']) {
    const { headers } = await fetch(`${web.url}${path}`);
    expect({
      sniff: headers.get('x-content-type-options'),
      frame: headers.get('x-frame-options'),
      frames: headers.get('content-security-policy')?.includes("frame-ancestors 'none'"),
      referrer: headers.get('referrer-policy'),
      opener: headers.get('cross-origin-opener-policy'),
      permissions: headers.has('permissions-policy'),
      poweredBy: headers.get('x-powered-by'),
    }).toEqual({
      sniff: 'nosniff',
      frame: 'DENY',
      frames: true,
      referrer: 'strict-origin-when-cross-origin',
      opener: 'same-origin',
      permissions: true,
      poweredBy: null,
    });
  }
});

test('a mutation from another site is refused, and so is one that says no origin', async () => {
  const foreign = await post(tokenize, card, { ...json, origin: 'https://evil.example' });
  const none = await post(tokenize, card, json);
  const ours = await post(tokenize, card, { ...json, origin: web.origin });
  expect([foreign.status, none.status, ours.status]).toEqual([403, 403, 200]);
});

test('signing in and out from another site is refused', async () => {
  const headers = { ...json, origin: 'https://evil.example' };
  const signIn = await post('/api/auth/sign-in/email', '{"email":"a@example.test","password":"x"}', headers);
  const signOut = await post('/api/auth/sign-out', '{}', headers);
  expect([signIn.status, signOut.status]).toEqual([403, 403]);
});

test('the developer’s other name of the same machine is ours too', async () => {
  const localhost = web.origin.replace('127.0.0.1', 'localhost');
  expect((await post(tokenize, card, { ...json, origin: localhost })).status).toBe(200);
});

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp'])(
  'only JSON is taken: %s is not',
  async (contentType) => {
    const response = await post(tokenize, card, { 'content-type': contentType, origin: web.origin });
    expect(response.status).toBe(415);
  },
);

test('no other method than GET and POST is answered', async () => {
  const statuses = await Promise.all(
    ['PUT', 'PATCH', 'DELETE', 'OPTIONS'].map(
      async (method) => (await fetch(`${web.url}${tokenize}`, { method, headers: { origin: web.origin } })).status,
    ),
  );
  expect(statuses).toEqual([405, 405, 405, 405]);
});

test('a body over 256 KB is refused, announced or not', async () => {
  const headers = { ...json, origin: web.origin };
  const big = JSON.stringify({ number: 'x'.repeat(300_000) });
  const announced = await post(tokenize, big, headers);
  const chunked = await fetch(`${web.url}${tokenize}`, {
    method: 'POST',
    headers,
    body: new Blob([big]).stream(),
    duplex: 'half',
  } as RequestInit);
  expect([announced.status, chunked.status]).toEqual([413, 413]);
});

test('JSON that nests too deep is refused, in a body and in an address', async () => {
  const deep = `${'['.repeat(21)}${']'.repeat(21)}`;
  const body = await post(tokenize, deep, { ...json, origin: web.origin });
  const address = await fetch(`${web.url}/api/trpc/shop.catalog.list?input=${encodeURIComponent(deep)}`);
  expect([body.status, address.status]).toEqual([400, 400]);
});

test('brackets within a text are no nesting', async () => {
  const { error } = await query(web, 'shop.catalog.list', { text: '['.repeat(60) });
  expect(error).toBeUndefined();
});

test('a batch takes at most ten calls', async () => {
  const batch = async (calls: number) => {
    const paths = Array.from({ length: calls }, () => 'session.me').join(',');
    return (await fetch(`${web.url}/api/trpc/${paths}?batch=1&input=%7B%7D`)).status;
  };
  expect([await batch(10), await batch(11)]).toEqual([200, 400]);
});

test('an unknown field is an error that names it, not something to ignore', async () => {
  const { status, error } = await mutate(web, 'shop.tokenizeCard', { ...JSON.parse(card), amount: 1 });
  expect({ status, fields: error?.fields }).toEqual({ status: 400, fields: { '': 'Unrecognized key: "amount"' } });
});

test('what fails inside is told by a reference, and nothing of it leaks', async () => {
  const owner = web.database.ownerUrl;
  const { openSql, closeSql } = await import('#db/clients.ts');
  const sql = openSql(owner, { max: 1, applicationName: 'test' });
  await sql`alter table shop.discounts rename to hidden_for_a_test`;
  const answer = await query(web, 'shop.quote', { lines: [], country: 'PT', discountCode: 'X' });
  await sql`alter table shop.hidden_for_a_test rename to discounts`;
  await closeSql(sql);
  expect(answer.status).toBe(500);
  expect(answer.error).toEqual({
    code: 'INTERNAL_SERVER_ERROR',
    httpStatus: 500,
    words: 'Something failed on our side. Try again; nothing is done twice.',
    refusal: null,
    fields: null,
    reference: answer.headers.get('x-request-id'),
    path: 'shop.quote',
  });
});

test('an unknown procedure and an unknown address are 404, without detail', async () => {
  const procedure = await query(web, 'shop.no.such', {});
  const address = await fetch(`${web.url}/api/secrets`);
  expect([procedure.status, address.status]).toEqual([404, 404]);
});

test('metrics are for this machine: what a proxy passes on is refused', async () => {
  const local = await fetch(`${web.url}/api/metrics`);
  const passedOn = await fetch(`${web.url}/api/metrics`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
  expect([local.status, passedOn.status]).toEqual([200, 404]);
  expect(await local.text()).toContain('waybill_http_request_seconds');
});

test('a connection on which nothing was ever asked does not hold up the end', { timeout: 10_000 }, async () => {
  const other = await startTestWeb();
  // As browsers open them ahead of need.
  const silent = connect(Number(new URL(other.url).port), '127.0.0.1');
  await once(silent, 'connect');
  await other.close();
  silent.destroy();
});
