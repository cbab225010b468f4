import { afterEach, expect, test } from 'vitest';
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
