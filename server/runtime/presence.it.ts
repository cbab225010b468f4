import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { createPresence, type Presence, type PresenceTab } from './presence.ts';
import type { PresentPerson } from './presence-book.ts';
import { listen } from './wake-up.ts';

let store: TestStore;
/** Two web processes on one database. */
let here: Presence;
let there: Presence;

const process = () =>
  createPresence({
    sql: store.sql,
    listen: (channel, onWake) => listen({ sql: store.sql, channel, onWake }),
    silentMostMs: 1_500,
  });

beforeAll(async () => {
  store = await openTestStore();
  [here, there] = [await process(), await process()];
});
afterAll(async () => {
  await Promise.all([here.close(), there.close()]);
  await store.close();
});

const ines = { personId: 'ines', name: 'Inês Sousa' };
const ana = { personId: 'ana', name: 'Ana Reis' };

/** What a tab is shown: the newest word, and a way to leave. */
const open = (presence: Presence, tab: PresenceTab) => {
  const leaving = new AbortController();
  const seen: { people: readonly PresentPerson[] | null } = { people: null };
  const ended = (async () => {
    for await (const people of presence.attend(tab, leaving.signal)) seen.people = people;
  })();
  return {
    others: () => seen.people,
    leave: () => {
      leaving.abort();
      return ended;
    },
  };
};
const tabOn = (orderId: string, person: typeof ines): PresenceTab => ({ orderId, tabId: v7(), ...person });

test('two agents at two processes see each other, what the other writes, and that they left', async () => {
  const orderId = v7();
  const [mine, theirs] = [tabOn(orderId, ines), tabOn(orderId, ana)];
  const [atInes, atAna] = [open(here, mine), open(there, theirs)];
  await expect.poll(atInes.others).toEqual([{ ...ana, doing: null }]);
  await expect.poll(atAna.others).toEqual([{ ...ines, doing: null }]);
  // A heartbeat may reach another process than the stream.
  here.beat(theirs, 'refund');
  await expect.poll(atInes.others).toEqual([{ ...ana, doing: 'refund' }]);
  await atAna.leave();
  await expect.poll(atInes.others).toEqual([]);
  await atInes.leave();
});

test('who gives no sign of life is gone after a while, though the stream stands', async () => {
  const orderId = v7();
  const [mine, theirs] = [tabOn(orderId, ines), tabOn(orderId, ana)];
  const [atInes, atAna] = [open(here, mine), open(there, theirs)];
  await expect.poll(atInes.others).toEqual([{ ...ana, doing: null }]);
  await expect.poll(atInes.others, { timeout: 5_000 }).toEqual([]);
  there.beat(theirs, null);
  await expect.poll(atInes.others).toEqual([{ ...ana, doing: null }]);
  await Promise.all([atInes.leave(), atAna.leave()]);
});

test('nobody sees themselves, nor who is on another order', async () => {
  const orderId = v7();
  const first = open(here, tabOn(orderId, ines));
  const second = open(there, tabOn(orderId, ines));
  const elsewhere = open(there, tabOn(v7(), ana));
  const third = open(here, tabOn(orderId, { personId: 'rui', name: 'Rui Lopes' }));
  await expect.poll(first.others).toEqual([{ personId: 'rui', name: 'Rui Lopes', doing: null }]);
  await expect.poll(third.others).toEqual([{ ...ines, doing: null }]);
  expect(elsewhere.others()).toEqual([]);
  await Promise.all([first, second, elsewhere, third].map(({ leave }) => leave()));
});

test('many signs at once all arrive, though a notification holds but few', async () => {
  const orderId = v7();
  const watcher = open(here, tabOn(orderId, ines));
  for (let at = 0; at < 60; at += 1)
    there.beat({ orderId, tabId: v7(), personId: `agent-${at}`, name: `Ágata Ñuñez de la Peña ${at}` }, 'refund');
  await expect.poll(() => watcher.others()?.length).toBe(60);
  await watcher.leave();
});
