import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ApiContext } from './context.ts';
import { bareProcedure, router, streamMsMax } from './trpc.ts';

const silent = router({
  stream: bareProcedure.meta({ access: { to: 'anyone' } }).subscription(async function* ({ signal }) {
    yield 'first';
    await new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
  }),
});

const open = async () => {
  const { body } = await fetchRequestHandler({
    endpoint: '',
    req: new Request('http://shop.example/stream', { headers: { accept: 'text/event-stream' } }),
    router: silent,
    createContext: () => ({}) as ApiContext,
  });
  if (!body) throw new Error('The stream has no body');
  const heard = { text: '', isOver: false };
  const listen = async () => {
    for await (const chunk of body) heard.text += new TextDecoder().decode(chunk);
    heard.isOver = true;
  };
  return { heard, end: listen() };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a stream ends in time, and without the word that tells its client not to come back', async () => {
  const { heard, end } = await open();
  await vi.advanceTimersByTimeAsync(streamMsMax - 1);
  expect(heard.isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await end;
  expect(heard.text).toContain('first');
  expect(heard.text).not.toContain('event: return');
});
