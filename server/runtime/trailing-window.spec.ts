import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { StorePosition } from '#domain/shared/store-position.ts';
import type { WindowReader } from './feed-window.ts';
import type { FedEvent, Page } from './read-safely.ts';
import { createTrailingWindow, type TrailingWindow } from './trailing-window.ts';

const at = (position: number): StorePosition => ({ incarnation: 1, transactionId: position, position });
const beginning = { incarnation: 0, transactionId: 0, position: 0 };

/** A store of events at positions 1 to `count`; counts what is read from it. */
const storeOf = (count: number) => {
  let readCount = 0;
  const readNext = async (after: StorePosition, limit: number): Promise<Page> => {
    await pause(0);
    const to = Math.min(count, after.position + limit);
    const events = Array.from({ length: to - after.position }, (_, nth): FedEvent => {
      return { at: at(after.position + nth + 1) } as FedEvent;
    });
    readCount += events.length;
    return { events, readTo: events.at(-1)?.at ?? after, more: to < count };
  };
  return { readNext, readCount: () => readCount };
};

const newReader = (): WindowReader => ({ at: null, readAt: Date.now(), isUrgent: false });

/** Reads up to `upTo`; returns the positions that it was given. `before`: what it does before each read. */
const follow = async (
  window: TrailingWindow,
  options: { from?: number; upTo: number; limit: number; before?: (nth: number) => Promise<void> },
): Promise<number[]> => {
  const reader = newReader();
  const given: number[] = [];
  let after: StorePosition = options.from ? at(options.from) : beginning;
  for (let nth = 0; after.position < options.upTo; nth += 1) {
    await options.before?.(nth);
    const page = await window.read(reader, after, options.limit);
    given.push(...page.events.map((event) => event.at.position));
    after = page.readTo;
  }
  window.leave(reader);
  return given;
};

const upFrom = (from: number, upTo: number): number[] =>
  Array.from({ length: upTo - from }, (_, nth) => from + nth + 1);

test('readers that are behind read each event once together, whoever of them is slow', async () => {
  const store = storeOf(1_000);
  const window = createTrailingWindow({ ...store, most: 100, pageSize: 20 });
  const all = await Promise.all([
    follow(window, { upTo: 1_000, limit: 50 }),
    follow(window, { upTo: 1_000, limit: 7, before: () => pause(1) }),
    follow(window, { upTo: 1_000, limit: 200 }),
  ]);
  expect(all).toEqual([upFrom(0, 1_000), upFrom(0, 1_000), upFrom(0, 1_000)]);
  expect(store.readCount()).toBe(1_000);
  expect(window.size()).toBe(0);
});

test('who is ahead waits: no more is kept than the window holds, and a page', async () => {
  const store = storeOf(600);
  const window = createTrailingWindow({ ...store, most: 100, pageSize: 20 });
  let most = 0;
  const look = async () => {
    most = Math.max(most, window.size());
    await pause(5);
  };
  await Promise.all([follow(window, { upTo: 600, limit: 20 }), follow(window, { upTo: 600, limit: 20, before: look })]);
  expect(most).toBeGreaterThan(20);
  expect(most).toBeLessThanOrEqual(120);
});

test('who does not read any more holds nobody up for long', async () => {
  const store = storeOf(500);
  const window = createTrailingWindow({ ...store, most: 100, pageSize: 20, patienceMs: 30 });
  const stuck = newReader();
  await window.read(stuck, beginning, 10);
  expect(await follow(window, { upTo: 500, limit: 50 })).toEqual(upFrom(0, 500));
  const readBefore = store.readCount();
  // It comes back, and reads for itself what the window has no more.
  expect((await window.read(stuck, at(10), 5)).events.map((event) => event.at.position)).toEqual(upFrom(10, 15));
  expect(store.readCount()).toBe(readBefore + 5);
});

test('for somebody further behind it begins anew: both miss nothing', async () => {
  const store = storeOf(400);
  const window = createTrailingWindow({ ...store, most: 60, pageSize: 20 });
  let join = (): void => undefined;
  const joined = new Promise<void>((resolve) => {
    join = resolve;
  });
  const early = follow(window, {
    from: 200,
    upTo: 400,
    limit: 10,
    before: async (nth) => {
      if (nth === 3) join();
      await pause(1);
    },
  });
  await joined;
  const late = await follow(window, { upTo: 400, limit: 10 });
  expect(await early).toEqual(upFrom(200, 400));
  expect(late).toEqual(upFrom(0, 400));
  // What the first had read, and a window at most, was read twice.
  expect(store.readCount()).toBeLessThanOrEqual(400 + 100);
});

test('a read that fails is told to who waits for it, and the next goes on', async () => {
  const store = storeOf(100);
  let fails = true;
  const window = createTrailingWindow({
    most: 100,
    pageSize: 20,
    readNext: async (after, limit) => {
      if (fails) throw new Error('away');
      return store.readNext(after, limit);
    },
  });
  await expect(window.read(newReader(), beginning, 10)).rejects.toThrow('away');
  fails = false;
  expect(await follow(window, { upTo: 100, limit: 30 })).toEqual(upFrom(0, 100));
});

test('whoever joins where and reads how much: everybody is given all, once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ from: fc.integer({ min: 0, max: 180 }), limit: fc.integer({ min: 1, max: 60 }), turns: fc.nat(4) }),
        { minLength: 1, maxLength: 5 },
      ),
      fc.integer({ min: 10, max: 80 }),
      fc.integer({ min: 1, max: 40 }),
      async (readers, most, pageSize) => {
        const window = createTrailingWindow({ ...storeOf(200), most, pageSize });
        const given = await Promise.all(
          readers.map(async ({ from, limit, turns }) => {
            for (let turn = 0; turn < turns; turn += 1) await pause(0);
            return follow(window, { from, upTo: 200, limit, before: async () => void (await Promise.resolve()) });
          }),
        );
        expect(given).toEqual(readers.map(({ from }) => upFrom(from, 200)));
      },
    ),
    { numRuns: 60 },
  );
});
