import { afterEach, expect, test, vi } from 'vitest';
import { keepRunning, type Service } from './service.ts';

let service: Service;
afterEach(() => service.stop(1_000));

/** Runs a service that dies at once, until it has been started `starts` times or was given up. */
const runShortLived = async (isReady: boolean, starts: number) => {
  let started = 0;
  const given = await new Promise<string | null>((resolve) => {
    service = keepRunning({
      name: 'worker',
      script: 'scripts/testing/short-lived.ts',
      env: { ...process.env, READY: isReady ? '1' : '0' },
      firstPauseMs: 1,
      onSpawn: () => {
        started += 1;
        if (started === starts) resolve(null);
      },
      onGivingUp: resolve,
    });
  });
  return { started, given };
};

test('a service that has served once is started again however often it dies', async () => {
  expect(await runShortLived(true, 9)).toEqual({ started: 9, given: null });
});

test('one that never served is given up after six deaths, so that a start that can’t succeed ends', async () => {
  const { started, given } = await runShortLived(false, 9);
  expect(started).toBe(6);
  expect(given).toContain('with code 1, for the 6th time in a row');
});

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A service of two; who dies would be started again only after a minute. */
const runWithStandby = async (): Promise<readonly [working: number, standby: number]> => {
  service = keepRunning({
    name: 'worker',
    script: 'scripts/testing/standing-by.ts',
    env: process.env,
    firstPauseMs: 60_000,
    standbyAfterMs: 1,
    onSpawn: () => undefined,
    onGivingUp: () => undefined,
  });
  return untilTwo();
};

const untilTwo = (): Promise<readonly [number, number]> =>
  vi.waitFor(
    () => {
      const [working, standby] = service.pids();
      if (working === undefined || standby === undefined) throw new Error('nobody stands by yet');
      return [working, standby] as const;
    },
    { timeout: 10_000 },
  );

test('who stands by takes over from the one that died, at once, and another one stands by', async () => {
  const [working, standby] = await runWithStandby();
  process.kill(working, 'SIGKILL');
  await vi.waitFor(() => expect(service.pids()[0]).toBe(standby), { timeout: 10_000 });
  // The next is made ready once the second has said that it serves.
  const [now, next] = await untilTwo();
  expect(now).toBe(standby);
  expect([working, standby]).not.toContain(next);
});

test('who dies while it stands by is replaced, and who works goes on', async () => {
  const [working, standby] = await runWithStandby();
  process.kill(standby, 'SIGKILL');
  await vi.waitFor(() => expect(service.pids()).not.toContain(standby), { timeout: 10_000 });
  const [still, next] = await untilTwo();
  expect(still).toBe(working);
  expect(next).not.toBe(standby);
});

test('a stop ends both', async () => {
  const both = await runWithStandby();
  await service.stop(1_000);
  expect(both.filter(isAlive)).toEqual([]);
});
