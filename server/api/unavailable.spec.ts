import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { isUnavailable } from './unavailable.ts';

const missing = '/nowhere/.s.PGSQL.5432';
const errorOf = (socket: ReturnType<typeof connect>): Promise<unknown> =>
  new Promise((resolve) => void socket.once('error', resolve));

test('a server whose socket is gone, or whose port is closed, is not to be had just now', async () => {
  expect(isUnavailable(await errorOf(connect(missing)))).toBe(true);
  expect(isUnavailable(await errorOf(connect({ host: '127.0.0.1', port: 1 })))).toBe(true);
  expect(isUnavailable(new Error('drizzle', { cause: await errorOf(connect(missing)) }))).toBe(true);
});

test('a file that is missing is our own mistake', async () => {
  expect(isUnavailable(await readFile(missing).catch((error: unknown) => error))).toBe(false);
});
