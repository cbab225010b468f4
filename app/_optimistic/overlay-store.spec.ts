import { beforeEach, expect, test } from 'vitest';
import { fold } from '#domain/shared/decider.ts';
import { orderId, uuid } from '#domain/shared/ids.builders.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { confirmed } from '#domain/waybill/waybill.builders.ts';
import {
  type CommandIdentity,
  createOverlayStore,
  type Explain,
  type OverlayStore,
  type Recorded,
} from './overlay-store.ts';

const row = fold(evolve, blankWaybill, confirmed);
const stream = `order-${orderId}` as const;
const note = (number: number) =>
  ({ type: 'AddNote', orderId, noteId: uuid(number), text: `Note ${number}`, visibility: 'internal' }) as const;

/** A server whose answers the test gives when it likes. */
const heldServer = () => {
  const calls: {
    identity: CommandIdentity;
    answer: (events: Recorded['events']) => void;
    fail: (error: Error) => void;
  }[] = [];
  const send = (identity: CommandIdentity) =>
    new Promise<Recorded>((resolve, reject) => {
      calls.push({ identity, answer: (events) => resolve({ events, token: '1.1.1' }), fail: reject });
    });
  return { calls, send };
};

/** An error that says which problem it is. */
class Refusal extends Error {
  readonly problem: ReturnType<Explain>;
  constructor(problem: ReturnType<Explain>) {
    super('refused');
    this.problem = problem;
  }
}

let store: OverlayStore;
let server: ReturnType<typeof heldServer>;
let recordedCount: number;
beforeEach(() => {
  store = createOverlayStore(
    (error) =>
      error instanceof Refusal ? error.problem : { kind: 'failed', words: 'No answer.', reference: undefined },
    () => 0,
  );
  server = heldServer();
  recordedCount = 0;
});

const submit = (number: number) =>
  store.submit({
    orderId,
    commandId: uuid(number),
    command: note(number),
    send: server.send,
    row: () => row,
    onRecorded: () => {
      recordedCount += 1;
    },
  });

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test('commands on one order go out one after the other, in the order in which they were given', async () => {
  const [first, second] = [submit(1), submit(2)];
  await turn();
  expect(server.calls.map(({ identity }) => identity.commandId)).toEqual([uuid(1)]);
  server.calls[0]?.answer([]);
  await first;
  await turn();
  expect(server.calls.map(({ identity }) => identity.commandId)).toEqual([uuid(1), uuid(2)]);
  server.calls[1]?.answer([]);
  expect(await second).toBeNull();
});

test('a command carries the versions that the person saw, without its own prediction', async () => {
  void submit(1);
  await turn();
  expect(server.calls[0]?.identity.decidedOn?.[stream]).toBe(row.versions[stream]);
});

test('counts what no row shows yet, and nothing after it was answered by a no-op', async () => {
  const answered = submit(1);
  expect([store.pendingCount(), store.pendingOrders()]).toEqual([1, [orderId]]);
  await turn();
  server.calls[0]?.answer([]);
  await answered;
  expect([store.pendingCount(), store.pendingOrders(), recordedCount]).toEqual([0, [], 1]);
});

test('a failed command leaves its problem, and doesn’t hold up the next', async () => {
  const [first, second] = [submit(1), submit(2)];
  await turn();
  server.calls[0]?.fail(new Error('offline'));
  expect(await first).toMatchObject({ kind: 'failed', commandId: uuid(1), words: 'No answer.' });
  await turn();
  server.calls[1]?.answer([]);
  expect(await second).toBeNull();
  expect(store.overlayOf(orderId).problems.map(({ commandId }) => commandId)).toEqual([uuid(1)]);
});

test('a retry is sent under the same id', async () => {
  const first = submit(1);
  await turn();
  server.calls[0]?.fail(new Error('offline'));
  await first;
  void submit(1);
  await turn();
  expect(server.calls.map(({ identity }) => identity.commandId)).toEqual([uuid(1), uuid(1)]);
  expect(store.overlayOf(orderId).problems).toEqual([]);
});

test('tells listeners of every change', async () => {
  let changes = 0;
  const stop = store.subscribe(() => {
    changes += 1;
  });
  const answered = submit(1);
  await turn();
  server.calls[0]?.answer([]);
  await answered;
  stop();
  void submit(2);
  expect(changes).toBe(2);
});

test('what failed is sent again under its id by whoever shows it, and no more once it was dismissed', async () => {
  const failing = submit(1);
  await turn();
  server.calls[0]?.fail(new Error('cut'));
  await failing;
  const again = store.retry(orderId, uuid(1), { row: () => undefined, onRecorded: () => undefined });
  await turn();
  expect(server.calls.map(({ identity }) => identity.commandId)).toEqual([uuid(1), uuid(1)]);
  expect(server.calls[1]?.identity.decidedOn).toBeUndefined();
  server.calls[1]?.fail(new Error('cut again'));
  await again;
  store.dismiss(orderId, uuid(1));
  expect(store.retry(orderId, uuid(1))).toBeNull();
});

test('what is reapplied after a conflict is decided on what the conflict showed, though no row holds it yet', async () => {
  const overtaken = submit(1);
  await turn();
  const events = [{ streamId: stream, version: (row.versions[stream] ?? 0) + 1 }] as unknown as Recorded['events'];
  server.calls[0]?.fail(new Refusal({ kind: 'conflict', words: 'Changed meanwhile.', events } as ReturnType<Explain>));
  await overtaken;
  void store.retry(orderId, uuid(1));
  await turn();
  expect(server.calls[1]?.identity).toMatchObject({
    commandId: uuid(1),
    decidedOn: { [stream]: (row.versions[stream] ?? 0) + 1 },
  });
});

test('what was refused is sent again as a command of its own: its id answers with the refusal for ever', async () => {
  const refused = submit(1);
  await turn();
  server.calls[0]?.fail(new Refusal({ kind: 'rejected', words: 'Not now.' } as ReturnType<Explain>));
  await refused;
  const again = store.retry(orderId, uuid(1));
  await turn();
  expect(server.calls[1]?.identity.commandId).not.toBe(uuid(1));
  expect(store.overlayOf(orderId).problems).toEqual([]);
  server.calls[1]?.answer([]);
  expect(await again).toBeNull();
});
