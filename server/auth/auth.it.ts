import { afterAll, beforeAll, expect, test } from 'vitest';
import { query } from '#server/http/testing/api-client.ts';
import { startTestWeb, type TestWeb } from '#server/http/testing/web-fixture.ts';

let web: TestWeb;
beforeAll(async () => {
  web = await startTestWeb({ strict: true });
});
afterAll(() => web.close());

const post = (path: string, body: unknown, cookie = '') =>
  fetch(`${web.url}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: web.origin, cookie },
    body: JSON.stringify(body),
  });

const cookiesOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

const password = 'correct horse battery';
let people = 0;
const signUp = async (change: Readonly<Record<string, unknown>> = {}) => {
  people += 1;
  const email = `person-${people}@example.test`;
  return { email, response: await post('sign-up/email', { name: 'Marta Silva', email, password, ...change }) };
};

test('who signs up is a customer, is signed in, and has a customer’s row', async () => {
  const { response, email } = await signUp();
  const { data } = await query(web, 'session.me', undefined, { cookie: cookiesOf(response) });
  const [row] = await web.runtime.sql`select tier from shop.customers where id = ${data.id}`;
  expect(data).toEqual({ id: data.id, role: 'customer', name: 'Marta Silva', email });
  expect(row).toEqual({ tier: 'standard' });
});

test.each(['admin', 'support', 'customer'])('a sign-up that says a role is refused whole: %s', async (role) => {
  const { response, email } = await signUp({ role });
  const rows = await web.runtime.sql`select from auth.users where email = ${email}`;
  expect({ status: response.status, accounts: rows.length }).toEqual({ status: 400, accounts: 0 });
});

test('nobody can change their role, or anything else, afterwards', async () => {
  const { response } = await signUp();
  const changed = await post('update-user', { role: 'admin', name: 'X' }, cookiesOf(response));
  const { data } = await query(web, 'session.me', undefined, { cookie: cookiesOf(response) });
  expect({ status: changed.status, role: data.role, name: data.name }).toEqual({
    status: 404,
    role: 'customer',
    name: 'Marta Silva',
  });
});

test('the session cookie can’t be read by scripts, nor sent from other sites', async () => {
  const { response } = await signUp();
  const [cookie] = response.headers.getSetCookie();
  expect(cookie).toMatch(/^waybill\.session_token=/);
  expect(cookie).toContain('HttpOnly');
  expect(cookie).toContain('SameSite=Lax');
  expect(cookie).toContain('Path=/');
});

test('the password is kept as a scrypt hash', async () => {
  const { email } = await signUp();
  const [row] = await web.runtime.sql`
    select account.password from auth.accounts as account join auth.users on users.id = account.user_id
    where users.email = ${email}`;
  expect(row?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
});

test('after signing out the cookie opens nothing, even when it is sent again', async () => {
  const { response } = await signUp();
  const cookie = cookiesOf(response);
  await post('sign-out', {}, cookie);
  const { data } = await query(web, 'session.me', undefined, { cookie });
  expect(data).toBeNull();
});

test('a wrong password and an unknown mail are told apart by nobody', async () => {
  const { email } = await signUp();
  const wrong = await post('sign-in/email', { email, password: 'wrong password here' });
  const unknown = await post('sign-in/email', { email: 'nobody@example.test', password: 'wrong password here' });
  expect([wrong.status, unknown.status]).toEqual([401, 401]);
  expect(await wrong.json()).toEqual(await unknown.json());
});

test('a mail is one account, in whatever case it is typed', async () => {
  const { email } = await signUp();
  const again = await post('sign-up/email', { name: 'M', email: email.toUpperCase(), password });
  const signedIn = await post('sign-in/email', { email: email.toUpperCase(), password });
  expect([again.ok, signedIn.status]).toEqual([false, 200]);
});

test('the eleventh attempt within a minute is refused, though the password is right; others may go on', async () => {
  const { email } = await signUp();
  const { email: other } = await signUp();
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    const response = await post('sign-in/email', { email, password: 'wrong password here' });
    expect(response.status).toBe(401);
  }
  const refused = await post('sign-in/email', { email, password });
  const allowed = await post('sign-in/email', { email: other, password });
  expect({ status: refused.status, retryAfter: refused.headers.get('retry-after') }).toEqual({
    status: 429,
    retryAfter: '60',
  });
  expect(await refused.json()).toEqual({
    code: 'TOO_MANY_REQUESTS',
    message: 'Too many attempts. Wait a minute, then try again.',
  });
  expect(allowed.status).toBe(200);
});

test('the window of attempts passes: after a minute one may try again', async () => {
  const { email } = await signUp();
  for (let attempt = 1; attempt <= 11; attempt += 1) await post('sign-in/email', { email, password: 'wrong one here' });
  await web.runtime.sql`update auth.attempts set window_began_at = window_began_at - interval '61 seconds'`;
  expect((await post('sign-in/email', { email, password })).status).toBe(200);
});

test('the table of attempts holds no mail and no address in the clear', async () => {
  const { email } = await signUp();
  await post('sign-in/email', { email, password });
  const rows = await web.runtime.sql<{ key: string }[]>`select key from auth.attempts`;
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every(({ key }) => /^[A-Za-z0-9_-]{43}$/.test(key))).toBe(true);
});

test('a new role counts from the next request on, and so does the loss of the account', async () => {
  const { response, email } = await signUp();
  const cookie = cookiesOf(response);
  const roleNow = async () => (await query(web, 'session.me', undefined, { cookie })).data?.role ?? null;
  const before = await roleNow();
  await web.runtime.sql`update auth.users set role = 'support' where email = ${email}`;
  const promoted = await roleNow();
  await web.runtime.sql`delete from auth.users where email = ${email}`;
  expect([before, promoted, await roleNow()]).toEqual(['customer', 'support', null]);
});

test('a session that was ended elsewhere, or has run out, opens nothing', async () => {
  const [one, other] = [await signUp(), await signUp()];
  const isSignedIn = async ({ response }: typeof one) =>
    (await query(web, 'session.me', undefined, { cookie: cookiesOf(response) })).data !== null;
  expect([await isSignedIn(one), await isSignedIn(other)]).toEqual([true, true]);
  const sessionOf = (email: string) => web.runtime.sql`select id from auth.users where email = ${email}`;
  const [[first], [second]] = [await sessionOf(one.email), await sessionOf(other.email)];
  await web.runtime.sql`delete from auth.sessions where user_id = ${first?.id}`;
  await web.runtime.sql`update auth.sessions set expires_at = now() where user_id = ${second?.id}`;
  expect([await isSignedIn(one), await isSignedIn(other)]).toEqual([false, false]);
});

test('a session’s token without our signature, or with that of another, opens nothing', async () => {
  const [mine, theirs] = [await signUp(), await signUp()].map(
    ({ response }) => cookiesOf(response).split('=')[1] ?? '',
  );
  const [token, signature] = decodeURIComponent(mine ?? '').split('.');
  const [, other] = decodeURIComponent(theirs ?? '').split('.');
  const opens = async (value: string) => {
    const cookie = `waybill.session_token=${encodeURIComponent(value)}`;
    return (await query(web, 'session.me', undefined, { cookie })).data !== null;
  };
  expect(await opens(`${token}.${signature}`)).toBe(true);
  for (const value of [
    token,
    `${token}.`,
    `${token}.${other}`,
    `${token}.${signature?.slice(0, 20)}`,
    `.${signature}`,
    '',
  ])
    expect(await opens(value ?? '')).toBe(false);
});

test('people who ask at the same moment each get their own session', async () => {
  const people = await Promise.all(Array.from({ length: 10 }, () => signUp()));
  const seen = await Promise.all(
    people.flatMap(({ response, email }) =>
      [1, 2, 3].map(async () => {
        const { data } = await query(web, 'session.me', undefined, { cookie: cookiesOf(response) });
        return data.email === email;
      }),
    ),
  );
  expect(seen).toEqual(Array.from({ length: 30 }, () => true));
});
