import { eq } from 'drizzle-orm';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { users } from '#db/schema/auth-users.ts';
import { mutate } from '#server/http/testing/api-client.ts';
import { cardToken, orderRequest } from '#server/http/testing/orders.ts';
import { startTestWeb, type TestWeb } from '#server/http/testing/web-fixture.ts';

let web: TestWeb;
let card: string;
beforeAll(async () => {
  web = await startTestWeb();
  card = await cardToken(web);
});
afterAll(() => web.close());

const placed = async (): Promise<string> => {
  const { data } = await mutate(web, 'shop.placeOrder', orderRequest(card));
  return data.events[0].event.orderId;
};

test('an order is assigned to whoever works at the desk, and to nobody else', async () => {
  const orderId = await placed();
  const [ines, admin, rui, marta] = await Promise.all(
    (['support', 'admin', 'warehouse', 'customer'] as const).map((role) => web.signIn(role)),
  );
  const assign = (to: string | null | undefined) =>
    mutate(web, 'support.order.assign', { orderId, commandId: v7(), to }, { cookie: ines?.cookie });
  const answers = [];
  for (const to of [ines?.id, admin?.id, rui?.id, marta?.id, 'nobody-at-all', null]) answers.push(await assign(to));
  expect(answers.map(({ data, error }) => data?.events[0]?.event ?? error?.words)).toEqual([
    { type: 'OrderAssigned', orderId, from: null, to: ines?.id },
    { type: 'OrderAssigned', orderId, from: ines?.id, to: admin?.id },
    ...Array.from({ length: 3 }, () => 'Only support agents and administrators can have orders. Choose somebody else.'),
    { type: 'OrderAssigned', orderId, from: admin?.id, to: null },
  ]);
});

test('a retry hears the first answer, though the colleague has left the desk since', async () => {
  const orderId = await placed();
  const [ines, tom] = [await web.signIn('support'), await web.signIn('support')];
  const request = { orderId, commandId: v7(), to: tom.id };
  const first = await mutate(web, 'support.order.assign', request, { cookie: ines.cookie });
  await web.runtime.crud.update(users).set({ role: 'warehouse' }).where(eq(users.id, tom.id));
  const again = await mutate(web, 'support.order.assign', request, { cookie: ines.cookie });
  expect(again.data).toEqual(first.data);
});

test('a tag is put on once, told to both who put it on, and what is no tag is refused', async () => {
  const orderId = await placed();
  const [ines, tom] = [await web.signIn('support'), await web.signIn('support')];
  const tag = (cookie: string, text: string) =>
    mutate(web, 'support.order.tag', { orderId, commandId: v7(), tag: text, decidedOn: {} }, { cookie });
  const [first, second] = [await tag(ines.cookie, 'vip'), await tag(tom.cookie, 'vip')];
  const wrong = await tag(ines.cookie, 'No tag!');
  expect([first.data.events.length, second.data.events.length, wrong.status]).toEqual([1, 0, 400]);
});
