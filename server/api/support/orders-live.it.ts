import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutate } from '#server/http/testing/api-client.ts';
import { cardToken, orderRequest } from '#server/http/testing/orders.ts';
import { startTestWeb, type TestWeb } from '#server/http/testing/web-fixture.ts';
import type { OrdersChanged } from './orders-live.ts';

let web: TestWeb;
let cookie: string;
beforeAll(async () => {
  web = await startTestWeb();
  cookie = (await web.signIn('support')).cookie;
});
afterAll(() => web.close());

type Message = { readonly id: string; readonly data: OrdersChanged };

/** Follows the list from a message on, and gathers what the stream says. */
const follow = async (lastEventId?: string) => {
  const abort = new AbortController();
  const input = encodeURIComponent(JSON.stringify(lastEventId === undefined ? {} : { lastEventId }));
  const response = await fetch(`${web.url}/api/trpc/support.orders.live?input=${input}`, {
    headers: { accept: 'text/event-stream', cookie },
    signal: abort.signal,
  });
  const heard: Message[] = [];
  const read = async () => {
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = `${rest}${chunk}`.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const [, id] = /^id: (.*)$/m.exec(block) ?? [];
        if (id !== undefined) heard.push({ id, data: JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}') });
      }
    }
  };
  // A connection that is cut ends the reading.
  void read().catch(() => undefined);
  return { heard, cut: () => abort.abort() };
};

test('a stream says from where on it tells; what resumes there misses nothing and is not told to read anew', async () => {
  const { data } = await mutate(web, 'shop.placeOrder', orderRequest(await cardToken(web)));
  const { orderId } = data.events[0].event;
  const first = await follow();
  await expect.poll(() => first.heard[0]?.data).toEqual({ changed: [], isMore: false, isStart: true });
  first.cut();
  await mutate(web, 'support.order.tag', { orderId, commandId: v7(), tag: 'vip' }, { cookie });
  const again = await follow(first.heard.at(-1)?.id);
  await expect.poll(() => again.heard.flatMap(({ data: said }) => said.changed)).toContain(orderId);
  expect(again.heard.filter(({ data: said }) => said.isStart)).toEqual([]);
  again.cut();
});
