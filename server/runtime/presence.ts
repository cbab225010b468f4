import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '#db/clients.ts';
import { createAlarm } from './alarm.ts';
import { LiveFeedClosed } from './live-feed.ts';
import { createPresenceBook, type PresenceSign, type PresentPerson } from './presence-book.ts';
import { createNotifier, type Listener } from './wake-up.ts';

/** Web processes tell each other here who looks at which order; the payload is JSON. */
const presenceChannel = 'waybill_presence';

/** A tab gives a sign every 3 s (app/support/_presence). Without one for this long it is gone: two may be lost. */
const silentMostMs = 8_000;
const sweepEveryMs = 1_000;
/** A NOTIFY carries less than 8,000 bytes; a sign with a name this long is at most 600. */
const signsMost = 12;
const nameMost = 80;

const heard = z.object({
  from: z.string(),
  signs: z.array(
    z.object({
      orderId: z.string(),
      tabId: z.string(),
      personId: z.string(),
      name: z.string(),
      doing: z.string().nullable(),
      kind: z.enum(['came', 'stays', 'left']),
    }),
  ),
});

export type PresenceTab = Omit<PresenceSign, 'kind' | 'doing'>;

export type Presence = {
  /**
   * The others on the order, at once and whenever that changes, as long as the signal isn't aborted; meanwhile this
   * tab is there for them. Throws `LiveFeedClosed` when the process ends.
   */
  readonly attend: (tab: PresenceTab, signal?: AbortSignal) => AsyncGenerator<readonly PresentPerson[]>;
  /** The tab is still there, and what it does. */
  readonly beat: (tab: PresenceTab, doing: string | null) => void;
  readonly close: () => Promise<void>;
};

export type PresenceOptions = {
  readonly sql: Database;
  readonly listen: (channel: string, onWake: (payload: string | null) => void) => Promise<Listener>;
  readonly onError?: (error: unknown) => void;
  readonly silentMostMs?: number;
};

/**
 * Who looks at which order, over all web processes. Nothing is stored: each process keeps what it hears in memory, and
 * passes signs on by NOTIFY, gathered, outside of any append. What gets lost comes with the next heartbeat.
 */
export const createPresence = async (options: PresenceOptions): Promise<Presence> => {
  const { sql } = options;
  const book = createPresenceBook(options.silentMostMs ?? silentMostMs);
  const processId = randomUUID();
  const watchers = new Map<string, Set<() => void>>();
  const unsent = new Map<string, PresenceSign>();
  let closing = false;

  const payload = (): string => {
    const batch = [...unsent.entries()].slice(0, signsMost);
    for (const [key] of batch) unsent.delete(key);
    if (unsent.size > 0) notifier.notify();
    return JSON.stringify({ from: processId, signs: batch.map(([, sign]) => sign) });
  };
  const notifier = createNotifier({
    sql,
    channel: presenceChannel,
    everyMs: 100,
    payload,
    ...(options.onError ? { onError: options.onError } : {}),
  });

  const tell = (orderId: string): void => {
    for (const wake of watchers.get(orderId) ?? []) wake();
  };
  const take = (sign: PresenceSign): void => {
    if (book.hear(sign)) tell(sign.orderId);
  };
  const giveOn = (sign: PresenceSign): void => {
    take(sign);
    unsent.set(`${sign.personId} ${sign.tabId}`, { ...sign, name: sign.name.slice(0, nameMost) });
    notifier.notify();
  };

  const listener = await options.listen(presenceChannel, (text) => {
    if (!text) return;
    const { data } = heard.safeParse(JSON.parse(text));
    // Its own signs it has taken already: an echo could bring back who has left since.
    if (data && data.from !== processId) for (const sign of data.signs) take(sign);
  });
  const sweeper = setInterval(() => {
    for (const orderId of book.sweep()) tell(orderId);
  }, sweepEveryMs);

  async function* attend(tab: PresenceTab, signal?: AbortSignal) {
    const { orderId, personId } = tab;
    const alarm = createAlarm();
    const wakers = watchers.get(orderId) ?? new Set();
    watchers.set(orderId, wakers.add(alarm.ring));
    const others = () => book.peopleOn(orderId).filter((person) => person.personId !== personId);
    try {
      giveOn({ ...tab, doing: null, kind: 'came' });
      let told: string | null = null;
      while (!signal?.aborted) {
        if (closing) throw new LiveFeedClosed('The process ends; subscribe again.', 500);
        const people = others();
        const now = JSON.stringify(people);
        if (now !== told) yield people;
        told = now;
        await alarm.sleep(60_000, signal);
      }
    } finally {
      wakers.delete(alarm.ring);
      if (wakers.size === 0) watchers.delete(orderId);
      giveOn({ ...tab, doing: null, kind: 'left' });
    }
  }

  return {
    attend,
    beat: (tab, doing) => giveOn({ ...tab, doing, kind: 'stays' }),
    close: async () => {
      closing = true;
      clearInterval(sweeper);
      for (const orderId of [...watchers.keys()]) tell(orderId);
      await listener.close();
      await notifier.close();
    },
  };
};
