import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

type Message = { readonly id: string; readonly type: string | null; readonly orderId?: string };

type Stream = {
  /** The next message about an event; pings and the like are passed over. */
  readonly next: () => Promise<Message>;
  /** How the stream begins: open, or an error's code (which tRPC tells as an event, after a 200). */
  readonly beginning: () => Promise<'open' | string>;
  /** What is left of the stream as text, until the server ends it. */
  readonly rest: () => Promise<string>;
  readonly close: () => void;
};

const follow = async (
  input: Readonly<Record<string, unknown>>,
  cookie = '',
  path: 'live.order' | 'live.orders' = 'live.order',
): Promise<Stream> => {
  const abort = new AbortController();
  const response = await fetch(`${web.url}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {
    headers: { accept: 'text/event-stream', cookie },
    signal: abort.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const more = async (): Promise<boolean> => {
    const chunk = await reader?.read();
    text += chunk?.value ?? '';
    return chunk?.done === false;
  };
  const block = async (): Promise<string> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end >= 0) {
        const found = text.slice(0, end);
        text = text.slice(end + 2);
        return found;
      }
      if (!(await more())) throw new Error('The stream ended');
    }
  };
  const next = async (): Promise<Message> => {
    for (;;) {
      const found = await block();
      const id = /^id: (.*)$/m.exec(found)?.[1];
      const data = /^data: (.*)$/m.exec(found)?.[1];
      if (id && data) {
        const { type, orderId } = JSON.parse(data);
        return { id, type, ...(orderId === undefined ? {} : { orderId }) };
      }
    }
  };
  const beginning = async (): Promise<string> => {
    for (;;) {
      const found = await block();
      const event = /^event: (.*)$/m.exec(found)?.[1];
      const data = JSON.parse(/^data: (.*)$/m.exec(found)?.[1] ?? '{}');
      if (event === 'serialized-error') return data.data.code;
      if (event === 'ping' || found.includes('id: ')) return 'open';
    }
  };
  const rest = async (): Promise<string> => {
    while (await more());
    return text;
  };
  return { next, beginning, rest, close: () => abort.abort() };
};

const place = async (cookie?: string) => {
  const { data } = await mutate(web, 'shop.placeOrder', orderRequest(card), { cookie });
  return { orderId: data.events[0].event.orderId as string, link: data.link as string, token: data.token as string };
};

const note = (orderId: string, cookie: string) =>
  mutate(
    web,
    'support.order.addNote',
    { orderId, commandId: v7(), noteId: v7(), text: 'Called', visibility: 'customer' },
    { cookie },
  );

test('tells of each event once, in order, from the position that the page shows', async () => {
  const { orderId, link, token } = await place();
  const agent = await web.signIn('support');
  await note(orderId, agent.cookie);
  const stream = await follow({ orderId, link, after: token });
  const missed = await stream.next();
  const second = await note(orderId, agent.cookie);
  const canceled = await mutate(web, 'shop.order.cancel', { orderId, link, commandId: v7() });
  const live = [await stream.next(), await stream.next()];
  stream.close();
  expect(missed.type).toBeNull();
  expect(live).toEqual([
    { id: second.data.token, type: null },
    { id: canceled.data.token, type: 'OrderCanceled' },
  ]);
});

test('a lost connection resumes after the last message: nothing is missed, nothing comes twice', async () => {
  const { orderId, link, token } = await place();
  const agent = await web.signIn('support');
  const first = await follow({ orderId, link, after: token });
  await note(orderId, agent.cookie);
  const seen = await first.next();
  first.close();
  await note(orderId, agent.cookie);
  const again = await follow({ orderId, link, after: token, lastEventId: seen.id });
  await note(orderId, agent.cookie);
  const two = [await again.next(), await again.next()];
  again.close();
  const [row] = await web.runtime.sql<{ ids: string[] }[]>`
    select array_agg(incarnation || '.' || transaction_id || '.' || position order by transaction_id, position) as ids
    from es.events where order_key = ${orderId} and type = 'OrderNoteAdded'`;
  expect([seen, ...two].map(({ id }) => id)).toEqual(row?.ids);
});

test('without a position it starts from now', async () => {
  const { orderId, link } = await place();
  const stream = await follow({ orderId, link });
  // The stream has joined once the server counts it.
  await expect.poll(() => web.runtime.liveFeed.subscriberCount()).toBeGreaterThan(0);
  const canceled = await mutate(web, 'shop.order.cancel', { orderId, link, commandId: v7() });
  const message = await stream.next();
  stream.close();
  expect(message).toEqual({ id: canceled.data.token, type: 'OrderCanceled' });
});

test('a foreign order can’t be followed', async () => {
  const owner = await web.signIn('customer');
  const stranger = await web.signIn('customer');
  const { orderId } = await place(owner.cookie);
  const beginnings = [];
  for (const cookie of [undefined, stranger.cookie, owner.cookie]) {
    const stream = await follow({ orderId, after: '0.0.0' }, cookie);
    beginnings.push(await stream.beginning());
    stream.close();
  }
  expect(beginnings).toEqual(['UNAUTHORIZED', 'NOT_FOUND', 'open']);
});

test('a customer’s list hears of each of its orders, and of no others', async () => {
  const owner = await web.signIn('customer');
  const agent = await web.signIn('support');
  const [first, second, unlisted] = [await place(owner.cookie), await place(owner.cookie), await place(owner.cookie)];
  const listed = { orderIds: [first.orderId, second.orderId], after: unlisted.token };
  const stream = await follow(listed, owner.cookie, 'live.orders');
  await note(second.orderId, agent.cookie);
  await note(unlisted.orderId, agent.cookie);
  await note(first.orderId, agent.cookie);
  const heard = [(await stream.next()).orderId, (await stream.next()).orderId];
  stream.close();
  expect(heard).toEqual([second.orderId, first.orderId]);
});

test('a list with an order of somebody else is not followed at all', async () => {
  const owner = await web.signIn('customer');
  const own = await place(owner.cookie);
  const foreign = await place();
  const beginnings = [];
  for (const orderIds of [[own.orderId, foreign.orderId], [v7()], [own.orderId]]) {
    const stream = await follow({ orderIds, after: '0.0.0' }, owner.cookie, 'live.orders');
    beginnings.push(await stream.beginning());
    stream.close();
  }
  expect(beginnings).toEqual(['NOT_FOUND', 'NOT_FOUND', 'open']);
});

test('whoever closes the page leaves no subscriber behind', async () => {
  const { orderId, link, token } = await place();
  const before = web.runtime.liveFeed.subscriberCount();
  const streams = await Promise.all([1, 2, 3].map(() => follow({ orderId, link, after: token })));
  await expect.poll(() => web.runtime.liveFeed.subscriberCount()).toBe(before + 3);
  for (const stream of streams) stream.close();
  await expect.poll(() => web.runtime.liveFeed.subscriberCount()).toBe(before);
});

test('a server that closes ends the stream with a hint when to come back', async () => {
  const closing = web;
  const { orderId, link, token } = await place();
  const stream = await follow({ orderId, link, after: token });
  await expect.poll(() => closing.runtime.liveFeed.subscriberCount()).toBeGreaterThan(0);
  const [rest] = await Promise.all([stream.rest(), closing.close()]);
  web = await startTestWeb();
  card = await cardToken(web);
  expect(rest).toMatch(/retry: 1000\n\n$/);
});
