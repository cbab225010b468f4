import { beforeEach, expect, test } from 'vitest';
import type { DomainEvent } from '#domain/events/registry.ts';
import { orderIdOf } from '#domain/shared/ids.builders.ts';
import {
  type CommandIdentity,
  createOverlayStore,
  type OverlayStore,
  type Recorded,
} from '../../_optimistic/overlay-store.ts';
import { type BulkJob, type BulkOrder, type BulkRun, startBulk } from './bulk-run.ts';

const orders: readonly BulkOrder[] = [1, 2, 3, 4, 5].map((number) => ({
  orderId: orderIdOf(number),
  orderNumber: `WB-${number}`,
}));
const tagged = (orderId: BulkOrder['orderId']): DomainEvent => ({ type: 'OrderTagged', orderId, tag: 'vip' });
const recorded = (events: readonly DomainEvent[]): Recorded => ({
  events: events.map((event, version) => ({ event, version, streamId: `order-${version}` })) as never,
  token: '1.1.1',
});

let store: OverlayStore;
let sent: { readonly orderId: string; readonly identity: CommandIdentity }[];
/** By order: what the server does, instead of recording it. */
let server: Map<string, () => Promise<Recorded>>;
let underWay: number;
let mostUnderWay: number;
beforeEach(() => {
  store = createOverlayStore((error) => {
    const words = (error as Error).message;
    return words === 'cut' ? { kind: 'failed', words, reference: undefined } : { kind: 'rejected', words };
  });
  [sent, server, underWay, mostUnderWay] = [[], new Map(), 0, 0];
});

const job: BulkJob = {
  done: 'tagged vip',
  steps: ({ orderId }) => [
    {
      command: { type: 'TagOrder', orderId, tag: 'vip' },
      send: async (identity) => {
        sent.push({ orderId, identity });
        underWay += 1;
        mostUnderWay = Math.max(mostUnderWay, underWay);
        await new Promise((resolve) => setTimeout(resolve, 1));
        underWay -= 1;
        return server.get(orderId)?.() ?? recorded([tagged(orderId)]);
      },
    },
  ],
  undo: {
    done: 'untagged',
    steps: ({ orderId }) => [{ command: { type: 'UntagOrder', orderId, tag: 'vip' }, send: async () => recorded([]) }],
  },
};
const start = (more: Partial<BulkJob> = {}) =>
  startBulk({ ...job, ...more }, orders, {
    store,
    wordsOf: (error) => (error as Error).message,
    onAnswered: () => undefined,
    atOnce: 2,
  });
const statesOf = (run: BulkRun) => run.results().map(({ state }) => state);
const fail = (number: number, words: string) => server.set(orderIdOf(number), () => Promise.reject(new Error(words)));

test('each order gets a command of its own, two at a time, and is in pencil at once', async () => {
  const { run, answered } = start();
  await Promise.resolve();
  expect(store.pendingCount()).toBe(5);
  await answered;
  expect(statesOf(run)).toEqual(['done', 'done', 'done', 'done', 'done']);
  expect(new Set(sent.map(({ identity }) => identity.commandId)).size).toBe(5);
  expect(mostUnderWay).toBe(2);
});

test('what was refused and what failed says so, order by order, and hides nothing else', async () => {
  fail(2, 'The order is canceled.');
  fail(4, 'cut');
  server.set(orderIdOf(5), async () => recorded([]));
  const { run, answered } = start();
  await answered;
  expect(run.results().map((result) => [result.state, 'words' in result ? result.words : null])).toEqual([
    ['done', null],
    ['refused', 'The order is canceled.'],
    ['done', null],
    ['failed', 'cut'],
    ['unchanged', null],
  ]);
  expect(run.results()[3]).toMatchObject({ isSent: true });
});

test('a retry carries the same command id, and leaves alone what was recorded', async () => {
  fail(4, 'cut');
  const { run, answered } = start();
  await answered;
  server.clear();
  await run.retry();
  const ids = sent.filter(({ orderId }) => orderId === orderIdOf(4)).map(({ identity }) => identity.commandId);
  expect([ids.length, new Set(ids).size, sent.length]).toEqual([2, 1, 6]);
  expect(statesOf(run)).toEqual(['done', 'done', 'done', 'done', 'done']);
});

test('a retry on the page of the order counts too', async () => {
  fail(1, 'cut');
  const { run, answered } = start();
  await answered;
  server.clear();
  const [problem] = store.overlayOf(orderIdOf(1)).problems;
  await store.retry(orderIdOf(1), problem?.commandId ?? '');
  expect(statesOf(run)[0]).toBe('done');
});

test('undo takes back only what the run has changed', async () => {
  fail(2, 'cut');
  server.set(orderIdOf(3), async () => recorded([]));
  const { run, answered } = start();
  await answered;
  const back = run.undo();
  expect(back?.orders.map(({ orderNumber }) => orderNumber)).toEqual(['WB-1', 'WB-4', 'WB-5']);
  expect([run.canUndo(), run.undo()]).toEqual([false, null]);
  // What a retry has recorded since can be taken back too, and nothing twice.
  server.clear();
  await run.retry();
  expect(run.undo()?.orders.map(({ orderNumber }) => orderNumber)).toEqual(['WB-2']);
});

test('dismissing deals with the problems at their orders too', async () => {
  fail(2, 'cut');
  const { run, answered } = start();
  await answered;
  run.dismiss();
  expect(store.overlayOf(orderIdOf(2)).problems).toEqual([]);
});

test('an order whose holds can’t be read fails alone, with nothing sent, and can be tried again', async () => {
  let isDown = true;
  const { run, answered } = start({
    steps: async (order) => {
      if (isDown && order.orderNumber === 'WB-3') throw new Error('cut');
      return job.steps(order);
    },
  });
  await answered;
  expect([statesOf(run), sent.length]).toEqual([['done', 'done', 'failed', 'done', 'done'], 4]);
  expect(run.results()[2]).toMatchObject({ state: 'failed', isSent: false });
  isDown = false;
  await run.retry(orderIdOf(3));
  expect(statesOf(run)[2]).toBe('done');
});
