import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mutate } from '#server/http/testing/api-client.ts';
import { cardToken, orderRequest } from '#server/http/testing/orders.ts';
import { startTestWeb, type TestWeb } from '#server/http/testing/web-fixture.ts';

let web: TestWeb;
let orderId: string;
let token: string;
beforeAll(async () => {
  web = await startTestWeb();
  const { data } = await mutate(web, 'shop.placeOrder', orderRequest(await cardToken(web)));
  orderId = data.events[0].event.orderId;
  token = data.token;
});
afterAll(() => web.close());

type Message = {
  readonly people?: readonly { readonly name: string; readonly doing: string | null }[];
  readonly type?: string;
};

/** Opens the order at the desk, and gathers what the stream says. */
const open = async (cookie: string, tabId = v7()) => {
  const abort = new AbortController();
  const input = encodeURIComponent(JSON.stringify({ orderId, tabId, after: token }));
  const response = await fetch(`${web.url}/api/trpc/support.order.live?input=${input}`, {
    headers: { accept: 'text/event-stream', cookie },
    signal: abort.signal,
  });
  const seen: { people: Message['people']; types: string[]; refusal: string | null } = {
    people: undefined,
    types: [],
    refusal: null,
  };
  const read = async () => {
    let rest = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = `${rest}${chunk}`.split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = JSON.parse(/^data: (.*)$/m.exec(block)?.[1] ?? '{}');
        if (block.includes('event: serialized-error')) seen.refusal = data.data.code;
        if (data.people) seen.people = data.people;
        if (block.includes('id: ')) seen.types.push(data.type);
      }
    }
  };
  // A connection that is cut ends the reading.
  void read().catch(() => undefined);
  return { seen, tabId, cut: () => abort.abort() };
};

const others = (names: readonly string[], doing: string | null = null) =>
  names.map((name) => expect.objectContaining({ name, doing }));

test('one stream tells of the order’s events and of the colleagues, until a connection is cut', async () => {
  const [ines, ana] = [await web.signIn('support'), await web.signIn('admin')];
  const [atInes, atAna] = [await open(ines.cookie), await open(ana.cookie)];
  await expect.poll(() => atInes.seen.people).toEqual(others(['Test admin']));
  await expect.poll(() => atAna.seen.people).toEqual(others(['Test support']));
  const beat = { orderId, tabId: atAna.tabId, doing: 'refund' };
  await mutate(web, 'support.order.attend', beat, { cookie: ana.cookie });
  await expect.poll(() => atInes.seen.people).toEqual(others(['Test admin'], 'refund'));
  await mutate(web, 'support.order.tag', { orderId, commandId: v7(), tag: 'vip' }, { cookie: ana.cookie });
  await expect.poll(() => atInes.seen.types).toEqual(['OrderTagged']);
  atAna.cut();
  await expect.poll(() => atInes.seen.people).toEqual([]);
  atInes.cut();
});

test('nobody but the desk sees who is there, or is seen', async () => {
  const agent = await open((await web.signIn('support')).cookie);
  const refusals = [];
  for (const role of ['customer', 'warehouse', 'auditor'] as const) {
    const { cookie } = await web.signIn(role);
    const { seen, cut, tabId } = await open(cookie);
    await expect.poll(() => seen.refusal).not.toBeNull();
    cut();
    const { error } = await mutate(web, 'support.order.attend', { orderId, tabId, doing: null }, { cookie });
    refusals.push([seen.refusal, error?.code]);
  }
  expect(refusals).toEqual(Array.from({ length: 3 }, () => ['FORBIDDEN', 'FORBIDDEN']));
  expect(agent.seen.people).toEqual([]);
  agent.cut();
});
