import type { Database } from '#db/clients.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import { comparePositions, formatPosition, type StorePosition } from '#domain/shared/store-position.ts';
import { head } from '#server/event-store/read-all.ts';
import { createAlarm } from './alarm.ts';
import { createLookPace } from './look-pace.ts';
import { eventsChannel, type Listener } from './wake-up.ts';

/** That something happened; what, the screen asks for, with `position` as its token. */
export type LiveUpdate = {
  /** The text form of the event's position: resume after it, or send it as the consistency token. */
  readonly position: string;
  readonly at: StorePosition;
  /** Null for inventory. */
  readonly orderKey: string | null;
  readonly streamId: StreamId;
  readonly type: string;
  readonly eventId: string;
  readonly version: number;
  readonly correlationId: string;
};

export type LiveFilter =
  | { readonly orderKey: string }
  | { readonly orderKeys: readonly string[] }
  | { readonly sku: string }
  | 'all';

/** The subscriber was too slow, or the process ends: subscribe again after the last position, in `retryMs`. */
export class LiveFeedClosed extends Error {
  readonly retryMs: number;

  constructor(message: string, retryMs: number) {
    super(message);
    this.name = 'LiveFeedClosed';
    this.retryMs = retryMs;
  }
}

export type LiveFeed = {
  /**
   * Every event that matches, once, in store order: first those after `after` from the database, then the live ones.
   * Null starts now. Ends when the signal aborts; throws `LiveFeedClosed` when it must be resumed.
   */
  subscribe(filter: LiveFilter, after: StorePosition | null, signal?: AbortSignal): AsyncIterable<LiveUpdate>;
  readonly subscriberCount: () => number;
  close(): Promise<void>;
};

export type LiveFeedOptions = {
  readonly sql: Database;
  readonly listen: (channel: string, onWake: (payload: string | null) => void) => Promise<Listener>;
  /** The most updates that wait for one subscriber. Default 1,000. */
  readonly bufferMax?: number;
  /** The longest between two looks while somebody subscribes, in ms. Default 1,000. */
  readonly pollMs?: number;
  readonly pageSize?: number;
};

type UpdateRow = {
  readonly incarnation: number;
  readonly transaction_id: string;
  readonly position: number;
  readonly order_key: string | null;
  readonly stream_id: StreamId;
  readonly type: string;
  readonly event_id: string;
  readonly version: number;
  readonly correlation_id: string;
};
type Page = { readonly updates: LiveUpdate[]; readonly readTo: StorePosition; readonly more: boolean };

const updateOf = (row: UpdateRow): LiveUpdate => {
  const at = { incarnation: row.incarnation, transactionId: Number(row.transaction_id), position: row.position };
  return {
    position: formatPosition(at),
    at,
    orderKey: row.order_key,
    streamId: row.stream_id,
    type: row.type,
    eventId: row.event_id,
    version: row.version,
    correlationId: row.correlation_id,
  };
};

const onlyOf = (sql: Database, filter: LiveFilter) => {
  if (filter === 'all') return sql``;
  if ('orderKey' in filter) return sql`and event.order_key = ${filter.orderKey}`;
  if ('orderKeys' in filter) return sql`and event.order_key = any (${sql.array([...filter.orderKeys])}::text[])`;
  return sql`and event.stream_id = ${`inventory-${filter.sku}`}`;
};

/** The readable events after a position, without their data: nothing to decrypt, nothing to upcast. */
const readPage = async (sql: Database, filter: LiveFilter, after: StorePosition, limit: number): Promise<Page> => {
  const only = onlyOf(sql, filter);
  const rows = await sql<UpdateRow[]>`
    select event.*
    from (
      select max(incarnation) as incarnation, pg_snapshot_xmin(pg_current_snapshot()) as transaction_id
      from es.store_identity
    ) as edge
    cross join lateral (
      select event.incarnation, event.transaction_id, event.position, event.order_key, event.stream_id, event.type,
        event.event_id, event.version, event.metadata ->> 'correlationId' as correlation_id
      from es.events as event
      where (event.incarnation, event.transaction_id, event.position)
          > (${after.incarnation}::int, ${String(after.transactionId)}::xid8, ${after.position}::bigint)
        and (event.incarnation, event.transaction_id) < (edge.incarnation, edge.transaction_id) ${only}
      order by event.incarnation, event.transaction_id, event.position
      limit ${limit}
    ) as event`;
  const updates = rows.map(updateOf);
  // On an event, as in `readAll`: a horizon doesn't outlive the server that showed it.
  return { updates, readTo: updates.at(-1)?.at ?? after, more: updates.length >= limit };
};

const matches = (filter: LiveFilter, { orderKey, streamId }: LiveUpdate): boolean => {
  if (filter === 'all') return true;
  if ('orderKey' in filter) return orderKey === filter.orderKey;
  if ('orderKeys' in filter) return orderKey !== null && filter.orderKeys.includes(orderKey);
  return streamId === `inventory-${filter.sku}`;
};

type Subscriber = {
  readonly filter: LiveFilter;
  readonly buffer: LiveUpdate[];
  closed: LiveFeedClosed | null;
  wake: () => void;
};

/** One tail of the store for all subscribers of a process. It reads only while somebody subscribes. */
export const createLiveFeed = async (options: LiveFeedOptions): Promise<LiveFeed> => {
  const { sql, bufferMax = 1_000, pollMs = 1_000, pageSize = 500 } = options;
  const subscribers = new Set<Subscriber>();
  /** Everything up to here has been handed to the subscribers; null while nobody subscribes. */
  let tail: StorePosition | null = null;
  let closing = false;
  const alarm = createAlarm();
  let running: Promise<void> | null = null;
  let timer: NodeJS.Timeout | null = null;

  const offer = (subscriber: Subscriber, update: LiveUpdate): void => {
    if (subscriber.closed || !matches(subscriber.filter, update)) return;
    if (subscriber.buffer.length >= bufferMax) {
      // Its buffer is still delivered: it resumes after the last of it, missing nothing.
      subscriber.closed = new LiveFeedClosed('This subscriber is too slow; resume after the last position.', 1_000);
    } else subscriber.buffer.push(update);
    subscriber.wake();
  };

  const drain = async (): Promise<void> => {
    const pace = createLookPace(pollMs);
    while (subscribers.size > 0 && tail && !closing) {
      const page: Page = await readPage(sql, 'all', tail, pageSize);
      for (const update of page.updates) for (const subscriber of subscribers) offer(subscriber, update);
      // All may have left meanwhile, and others have joined further on.
      if (tail && comparePositions(tail, page.readTo) < 0) tail = page.readTo;
      if (page.more) continue;
      if (await alarm.sleep(pace.afterLook(page.updates.length > 0))) pace.rung();
    }
  };

  const look = (): void => {
    alarm.ring();
    if (subscribers.size === 0) return;
    running ??= drain()
      .catch(() => undefined) // a lost connection: the timer tries again
      .finally(() => {
        running = null;
      });
  };

  const listener = await options.listen(eventsChannel, look);

  const join = async (subscriber: Subscriber): Promise<StorePosition> => {
    if (!tail) {
      const now = await head(sql);
      // Another may have joined meanwhile, and moved on.
      tail ??= now;
    }
    subscribers.add(subscriber);
    timer ??= setInterval(look, pollMs);
    return tail;
  };

  const leave = (subscriber: Subscriber): void => {
    subscribers.delete(subscriber);
    if (subscribers.size > 0) return;
    tail = null;
    if (timer) clearInterval(timer);
    timer = null;
  };

  async function* updates(filter: LiveFilter, after: StorePosition | null, signal?: AbortSignal) {
    const subscriber: Subscriber = { filter, buffer: [], closed: null, wake: () => undefined };
    const wake = () => subscriber.wake();
    signal?.addEventListener('abort', wake);
    try {
      if (closing) throw new LiveFeedClosed('The process ends; subscribe again.', 500);
      const joinedAt = await join(subscriber);
      look();
      let last = after ?? joinedAt;
      // What was missed: up to where the tail stood on joining. The tail hands over the rest.
      while (comparePositions(last, joinedAt) < 0 && !signal?.aborted) {
        const page = await readPage(sql, filter, last, pageSize);
        for (const update of page.updates) if (comparePositions(update.at, joinedAt) <= 0) yield update;
        last = page.more && comparePositions(page.readTo, joinedAt) < 0 ? page.readTo : joinedAt;
      }
      while (!signal?.aborted) {
        const next = subscriber.buffer.shift();
        if (next) {
          if (comparePositions(next.at, last) <= 0) continue;
          last = next.at;
          yield next;
          continue;
        }
        if (subscriber.closed) throw subscriber.closed;
        await new Promise<void>((resolve) => {
          subscriber.wake = resolve;
        });
      }
    } finally {
      signal?.removeEventListener('abort', wake);
      leave(subscriber);
    }
  }

  return {
    subscribe: updates,
    subscriberCount: () => subscribers.size,
    close: async () => {
      closing = true;
      for (const subscriber of subscribers) {
        subscriber.closed ??= new LiveFeedClosed('The process ends; subscribe again.', 500);
        subscriber.wake();
      }
      if (timer) clearInterval(timer);
      alarm.ring();
      await listener.close();
      await running;
    },
  };
};
