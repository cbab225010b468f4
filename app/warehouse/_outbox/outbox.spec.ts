import { expect, test } from 'vitest';
import type { FulfillmentId, LineId, OrderId } from '#domain/shared/ids.ts';
import { createOutbox, type Failure, type OutboxEntry, type OutboxMemory } from './outbox.ts';

const scan = (commandId: string): OutboxEntry => ({
  commandId,
  command: {
    type: 'PickItem',
    orderId: 'order-1' as OrderId,
    fulfillmentId: 'fulfillment-1' as FulfillmentId,
    lineId: 'line-1' as LineId,
    quantity: 1,
  },
});

const memoryOf = (): OutboxMemory & { readonly stored: () => OutboxEntry[] } => {
  let text: string | null = null;
  return {
    read: () => text,
    write: (next) => {
      text = next;
    },
    stored: () => JSON.parse(text ?? '[]'),
  };
};

class Failed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure);
    this.failure = failure;
  }
}
const classify = (error: unknown): Failure => (error instanceof Failed ? error.failure : 'answered');
const atOnce = async () => {};

test('a scan is stored before it is sent, and forgotten once it is answered', async () => {
  const memory = memoryOf();
  const outbox = createOutbox({ memory, classify, mayTryAgain: atOnce });
  outbox.add(scan('a'));
  expect(memory.stored()).toEqual([scan('a')]);
  const answer = await outbox.deliver(scan('a'), async () => {
    expect(memory.stored()).toEqual([scan('a')]);
    return 'recorded';
  });
  expect(answer).toBe('recorded');
  expect(memory.stored()).toEqual([]);
});

test('a scan that reached nobody is sent again until somebody answers, and the screen knows meanwhile', async () => {
  const memory = memoryOf();
  const cutOff: boolean[] = [];
  const outbox = createOutbox({
    memory,
    classify,
    mayTryAgain: async () => {
      cutOff.push(outbox.state().isCutOff);
    },
  });
  let tries = 0;
  const answer = await outbox.deliver(scan('a'), async () => {
    tries += 1;
    if (tries < 3) throw new Failed('unreached');
    return tries;
  });
  expect(answer).toBe(3);
  expect(cutOff).toEqual([true, true]);
  expect(outbox.state()).toEqual({ entries: [], isCutOff: false });
});

test('a scan that the server refused is not sent again', async () => {
  const memory = memoryOf();
  const outbox = createOutbox({ memory, classify, mayTryAgain: atOnce });
  const refused = outbox.deliver(scan('a'), async () => {
    throw new Failed('answered');
  });
  await expect(refused).rejects.toThrow('answered');
  expect(memory.stored()).toEqual([]);
});

test('a scan is kept when the session has ended, and the next page sends it', async () => {
  const memory = memoryOf();
  const outbox = createOutbox({ memory, classify, mayTryAgain: atOnce });
  await outbox
    .deliver(scan('a'), async () => {
      throw new Failed('kept');
    })
    .catch(() => null);
  expect(createOutbox({ memory, classify, mayTryAgain: atOnce }).takeLeftOver()).toEqual([scan('a')]);
});

test('what an earlier page left over is given out once, in the order of the scans', () => {
  const memory = memoryOf();
  createOutbox({ memory, classify, mayTryAgain: atOnce }).add(scan('a'));
  createOutbox({ memory, classify, mayTryAgain: atOnce }).add(scan('b'));
  const next = createOutbox({ memory, classify, mayTryAgain: atOnce });
  expect(next.takeLeftOver()).toEqual([scan('a'), scan('b')]);
  expect(next.takeLeftOver()).toEqual([]);
});

test('a page does not send again what it is sending already', () => {
  const outbox = createOutbox({ memory: memoryOf(), classify, mayTryAgain: atOnce });
  outbox.add(scan('a'));
  expect(outbox.takeLeftOver()).toEqual([]);
});

test('text that is no list is no list of scans', () => {
  const memory = memoryOf();
  memory.write('{"broken"');
  expect(createOutbox({ memory, classify, mayTryAgain: atOnce }).state().entries).toEqual([]);
});
