import { expect, test, vi } from 'vitest';
import { takeDisjoint } from './append.ts';
import type { UnitResult } from './append-call.ts';
import { type AppendUnit, claimsOf, type PreparedUnit } from './append-unit.ts';
import { createGroupCommit, type GroupCommitOptions } from './group-commit.ts';

type Call = {
  readonly names: readonly string[];
  readonly wait: boolean;
  finish(...results: ('appended' | 'busy' | 'conflict')[]): Promise<void>;
  fail(error: unknown): Promise<void>;
};

// Units of one turn of the event loop go in the next.
const settled = async () => {
  for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

// Units are named; `name@key` takes that lock key. Calls of the database are answered by hand.
const setUp = (options?: GroupCommitOptions) => {
  const calls: Call[] = [];
  const nameOf = ({ unit }: PreparedUnit) => unit.commands[0]?.commandId ?? '';
  const group = createGroupCommit(
    {
      prepare: async (units) =>
        units.map((unit) => {
          const lockKeys = [unit.commands[0]?.commandId.split('@')[1] ?? unit.commands[0]?.commandId ?? ''];
          return { unit, events: [], lockKeys, claims: claimsOf(unit, lockKeys) };
        }),
      appendOnce: (units, { wait }) =>
        new Promise<UnitResult[]>((resolve, reject) => {
          calls.push({
            names: units.map(nameOf),
            wait,
            finish: async (...results) => {
              resolve(
                units.map((_, index): UnitResult => {
                  const status = results[index] ?? 'appended';
                  if (status === 'appended') return { status, commands: [] };
                  if (status === 'busy') return { status };
                  return { status, streamId: 'order-1', expected: 1, actual: 2 };
                }),
              );
              await settled();
            },
            fail: async (error) => {
              reject(error);
              await settled();
            },
          });
        }),
      readDuplicate: async () => ({ status: 'duplicate', commands: [] }),
    },
    options,
  );
  const done: string[] = [];
  const append = (name: string) => {
    const answer = group.append({ expected: [], commands: [{ commandId: name }], readTo: {} } as unknown as AppendUnit);
    answer.then(
      ({ status }) => done.push(`${name} ${status}`),
      (error: Error) => done.push(`${name} failed: ${error.message}`),
    );
  };
  /** The nth call, once there are `count`. */
  const sent = async (nth: number, count = nth): Promise<Call> => {
    await expect.poll(() => calls.length, { interval: 1 }).toBe(count);
    const call = calls[nth - 1];
    if (!call) throw new Error('no call');
    return call;
  };
  return { append, calls, done, sent };
};

test('idle, a unit goes at once and alone', async () => {
  const { append, sent } = setUp();
  append('a');
  await settled();
  expect(await sent(1)).toMatchObject({ names: ['a'], wait: false });
});

test('while as many transactions are in flight as may be, units gather into one', async () => {
  const { append, calls, sent } = setUp({ inFlightMax: 1 });
  append('a');
  await settled();
  for (const name of ['b', 'c', 'd']) append(name);
  await settled();
  expect(calls).toHaveLength(1);
  await (await sent(1)).finish();
  expect((await sent(2)).names).toEqual(['b', 'c', 'd']);
});

test('what is asked for within one turn of the event loop is one transaction', async () => {
  const { append, calls, sent } = setUp();
  for (const name of ['a', 'b', 'c']) append(name);
  await settled();
  expect(calls).toHaveLength(1);
  expect((await sent(1)).names).toEqual(['a', 'b', 'c']);
});

test('each unit hears its own outcome', async () => {
  const { append, done, sent } = setUp({ inFlightMax: 1 });
  for (const name of ['a', 'b', 'c']) append(name);
  await (await sent(1)).finish('conflict', 'appended', 'conflict');
  expect(done).toEqual(['a conflict', 'b appended', 'c conflict']);
});

test('a busy key holds up nobody else: others pass while it is tried again', async () => {
  const { append, done, sent } = setUp({ inFlightMax: 1 });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  append('hot@k');
  await (await sent(1)).finish('busy');
  append('x');
  await (await sent(2)).finish();
  expect(done).toEqual(['x appended']);
  await vi.advanceTimersByTimeAsync(100);
  vi.useRealTimers();
  const again = await sent(3);
  expect(again.names).toEqual(['hot@k']);
  await again.finish();
  expect(done).toEqual(['x appended', 'hot@k appended']);
});

test('units on one key never meet in a transaction, and keep their order, also behind a busy one', async () => {
  const { append, done, sent } = setUp({ inFlightMax: 4 });
  for (const name of ['1@k', '2@k', 'x', '3@k']) append(name);
  const first = await sent(1);
  expect(first.names).toEqual(['1@k', 'x']);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await first.finish('busy', 'appended');
  append('y');
  await settled();
  const second = await sent(2);
  expect(second.names).toEqual(['y']); // and not 2@k, which would overtake 1@k
  await second.finish();
  await vi.advanceTimersByTimeAsync(100);
  vi.useRealTimers();
  for (const nth of [3, 4, 5]) await (await sent(nth)).finish();
  expect(done).toEqual(['x appended', 'y appended', '1@k appended', '2@k appended', '3@k appended']);
});

test('few units wait for the transaction under way; sixteen are worth another, of half of all at most', async () => {
  const { append, calls, sent } = setUp();
  append('first');
  await settled();
  for (let nth = 1; nth <= 15; nth += 1) append(`few-${nth}`);
  await settled();
  expect(calls).toHaveLength(1);
  append('few-16');
  await settled();
  expect((await sent(2)).names).toHaveLength(16);
  for (let nth = 1; nth <= 63; nth += 1) append(`many-${nth}`);
  await settled();
  // 63 wait and 17 are under way: half of 80.
  expect((await sent(3, 4)).names).toHaveLength(40);
  expect((await sent(4)).names).toHaveLength(23);
});

test('after enough busy tries a unit waits on the server, in a transaction of its own, while others go on', async () => {
  const { append, done, sent } = setUp({ inFlightMax: 1, busyTriesMax: 2 });
  append('hot@k');
  await (await sent(1)).finish('busy');
  await (await sent(2)).finish('busy');
  const waiting = await sent(3);
  expect(waiting).toMatchObject({ names: ['hot@k'], wait: true });
  append('x');
  await (await sent(4)).finish();
  expect(done).toEqual(['x appended']);
  await waiting.finish();
  expect(done).toEqual(['x appended', 'hot@k appended']);
});

test('a unit that the server refuses fails alone; the rest of its group is written', async () => {
  const { append, done, sent } = setUp({ inFlightMax: 1 });
  append('a');
  await settled();
  for (const name of ['b', 'c']) append(name);
  await (await sent(1)).finish();
  const refusal = Object.assign(new Error('check violated'), { severity: 'ERROR' });
  await (await sent(2)).fail(refusal);
  await (await sent(3)).fail(refusal);
  await (await sent(4)).finish();
  expect(done).toEqual(['a appended', 'b failed: check violated', 'c appended']);
});

test('a lost connection fails the whole group, since it may or may not have been written; the next goes on', async () => {
  const { append, done, sent } = setUp({ inFlightMax: 1 });
  append('a');
  await settled();
  for (const name of ['b', 'c']) append(name);
  await (await sent(1)).finish();
  await (await sent(2)).fail(new Error('connection lost'));
  append('d');
  await (await sent(3)).finish();
  expect(done).toEqual(['a appended', 'b failed: connection lost', 'c failed: connection lost', 'd appended']);
});

test('a unit that gets no turn in time is refused and never sent; one that was sent is waited for', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const patience = { waitMs: 2_000, error: () => new Error('too much is going on') };
  const { append, done, sent } = setUp({ inFlightMax: 1, patience });
  append('a');
  const first = await sent(1);
  append('b');
  await settled();
  await vi.advanceTimersByTimeAsync(2_000);
  await settled();
  expect(done).toEqual(['b failed: too much is going on']);
  append('c');
  await settled();
  await first.finish();
  expect((await sent(2)).names).toEqual(['c']);
  vi.useRealTimers();
});

test('units that repeat a command never go in one call, though their lock keys differ', () => {
  const unit = (commandId: string, key: string): PreparedUnit => {
    const given = { expected: [], commands: [{ commandId }], readTo: {} } as unknown as AppendUnit;
    return { unit: given, events: [], lockKeys: [key], claims: claimsOf(given, [key]) };
  };
  const [first, again, other] = [unit('C-1', 'a'), unit('c-1', 'b'), unit('c-2', 'c')];
  expect(takeDisjoint([first, again, other])).toEqual({ group: [first, other], rest: [again] });
});
