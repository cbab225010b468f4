import { createTRPCClient } from '@trpc/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AppRouter } from '#server/api/router.ts';
import { createFreshnessStore, type FreshnessStore, freshnessHeader } from './freshness-store.ts';
import { browserLinks } from './links.ts';
import { createTokenStore } from './token-store.ts';

let freshness: FreshnessStore;
beforeEach(() => {
  freshness = createFreshnessStore();
  vi.stubGlobal('fetch', async () =>
    Response.json({ result: { data: [] } }, { headers: { [freshnessHeader]: 'stale' } }),
  );
});
afterEach(() => vi.unstubAllGlobals());

const client = () =>
  createTRPCClient<AppRouter>({
    links: browserLinks({ freshness, tokens: createTokenStore({ read: () => null, write: () => undefined }) }),
  });

test('a read that is behind counts for its procedure', async () => {
  await client().support.tags.query();
  expect(freshness.stalePaths()).toEqual(['support.tags']);
});

test('a look in passing counts under its own name: what is on the screen is not asked for again', async () => {
  await client().support.tags.query(undefined, { context: { readsAs: 'support.look' } });
  expect(freshness.stalePaths()).toEqual(['support.look']);
});
