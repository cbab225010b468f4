import type { Database } from '#db/clients.ts';
import { beginning, comparePositions, parsePosition, type StorePosition } from '#domain/shared/store-position.ts';
import { judgeToken } from '#server/event-store/consistency-token.ts';
import { type ProjectionName, projectionNamed } from '#server/projections/registry.ts';
import { type MovedCheckpoint, readCheckpoints } from './checkpoints.ts';
import { checkpointsChannel, type Listener, type OnWake } from './wake-up.ts';

/**
 * `current`: what was written at the token is in the read tables. `stale`: not yet, after the bound; show what there
 * is and say so. `tokenReset`: the token says nothing here (malformed, of another incarnation, beyond the head).
 */
export type Freshness = 'current' | 'stale' | 'tokenReset';

export type WaitFor = {
  /**
   * Waits until these projections have passed the token, at most `boundMs` (1,000 by default). Holds no connection
   * while it waits. No token: `current` at once.
   */
  (projections: readonly ProjectionName[], token: string | null, boundMs?: number): Promise<Freshness>;
  close(): Promise<void>;
};

export type WaitForOptions = {
  readonly sql: Database;
  /** One LISTEN a process: `(channel, onWake) => listen({ sql, channel, onWake })`. */
  readonly listen: (channel: string, onWake: OnWake) => Promise<Listener>;
  /** How often checkpoints are read while somebody waits, in ms: a notification may be lost. Default 50. */
  readonly pollMs?: number;
  /** Called as often with the projections that are still waited for. */
  readonly onAwaited?: (names: readonly ProjectionName[]) => void;
  /** Tests only (WAYBILL_TEST_MODE): answer at once, as if there were no tokens. */
  readonly ignoreTokens?: () => boolean;
};

type Waiter = {
  readonly names: readonly ProjectionName[];
  readonly wanted: readonly string[];
  readonly at: StorePosition;
  readonly resolve: () => void;
};

type HeadRow = {
  readonly incarnation: number;
  readonly next_transaction_id: string;
  readonly last: { readonly i: number; readonly x: string; readonly p: number } | null;
};

const consumerKey = (consumer: string, version: number): string => `${consumer} v${version}`;

const consumersOf = (names: readonly ProjectionName[]): string[] =>
  names.map((name) => consumerKey(name, projectionNamed(name).version));

/** One a web process: checkpoints in memory, kept up by notifications, and read while somebody waits. */
export const createWaitFor = async (options: WaitForOptions): Promise<WaitFor> => {
  const { sql, pollMs = 50 } = options;
  const known = new Map<string, StorePosition>();
  const waiters = new Set<Waiter>();
  let polling: NodeJS.Timeout | null = null;
  let newestIncarnation = 0;

  const hasPassed = (consumers: readonly string[], at: StorePosition): boolean =>
    consumers.every((consumer) => {
      const checkpoint = known.get(consumer);
      return checkpoint !== undefined && comparePositions(checkpoint, at) >= 0;
    });

  const learn = (consumer: string, at: StorePosition): void => {
    newestIncarnation = Math.max(newestIncarnation, at.incarnation);
    const before = known.get(consumer);
    if (!before || comparePositions(before, at) < 0) known.set(consumer, at);
  };

  const settle = (): void => {
    for (const waiter of waiters) if (hasPassed(waiter.wanted, waiter.at)) waiter.resolve();
  };

  const poll = async (): Promise<void> => {
    for (const { consumer, version, at } of await readCheckpoints(sql)) learn(consumerKey(consumer, version), at);
    settle();
    const awaited = new Set([...waiters].flatMap(({ names }) => names));
    if (awaited.size > 0) options.onAwaited?.([...awaited]);
  };

  const keepPolling = (): void => {
    if (polling || waiters.size === 0) return;
    polling = setTimeout(() => {
      poll()
        // A lost connection: the bound answers `stale`, and the next tick tries again.
        .catch(() => undefined)
        .finally(() => {
          polling = null;
          keepPolling();
        });
    }, pollMs);
  };

  const listener = await options.listen(checkpointsChannel, (payload, isAnew) => {
    // Projections don't wait for the disk: a server that crashed has forgotten their last moments, and moves them again.
    if (isAnew) known.clear();
    // Null asks for a poll, which goes on anyway while somebody waits.
    if (!payload) return;
    const moved = JSON.parse(payload) as MovedCheckpoint[];
    for (const [consumer, version, text] of moved) {
      const at = parsePosition(text);
      if (at) learn(consumerKey(consumer, version), at);
    }
    settle();
  });

  /** The last event at or before a position: a token may stand on the horizon, where no event is. */
  const readHead = async (at: StorePosition) => {
    const [row] = await sql<HeadRow[]>`
      select (select max(incarnation) from es.store_identity) as incarnation,
        pg_snapshot_xmax(pg_current_snapshot()) as next_transaction_id,
        (select jsonb_build_object('i', incarnation, 'x', transaction_id::text, 'p', position) from es.events
         where (incarnation, transaction_id, position)
            <= (${at.incarnation}::int, ${String(at.transactionId)}::xid8, ${at.position}::bigint)
         order by incarnation desc, transaction_id desc, position desc limit 1) as last`;
    if (!row) throw new Error('The head came back without a row');
    const { incarnation, next_transaction_id, last } = row;
    return {
      incarnation,
      nextTransactionId: Number(next_transaction_id),
      last: last && { incarnation: last.i, transactionId: Number(last.x), position: last.p },
    };
  };

  const waitUntil = (names: readonly ProjectionName[], at: StorePosition, boundMs: number): Promise<Freshness> =>
    new Promise((resolve) => {
      const wanted = consumersOf(names);
      const done = (freshness: Freshness) => {
        clearTimeout(timer);
        waiters.delete(waiter);
        resolve(freshness);
      };
      const waiter: Waiter = { names, wanted, at, resolve: () => done('current') };
      const timer = setTimeout(() => done('stale'), boundMs);
      waiters.add(waiter);
      if (hasPassed(wanted, at)) waiter.resolve();
      else keepPolling();
    });

  const waitFor = async (names: readonly ProjectionName[], token: string | null, boundMs = 1_000) => {
    if (token === null || options.ignoreTokens?.()) return 'current';
    const at = parsePosition(token);
    if (!at) return 'tokenReset';
    const wanted = consumersOf(names);
    const began = performance.now();
    // It compares as passed, yet what it stands for may be what a restore has lost.
    if (at.incarnation < newestIncarnation && comparePositions(at, beginning) !== 0) return 'tokenReset';
    if (hasPassed(wanted, at)) return 'current';
    const head = await readHead(at);
    if (judgeToken(at, head).status === 'reset') return 'tokenReset';
    if (!head.last) return 'current';
    return waitUntil(names, head.last, Math.max(0, boundMs - (performance.now() - began)));
  };

  return Object.assign(waitFor, {
    close: async () => {
      if (polling) clearTimeout(polling);
      for (const waiter of waiters) waiter.resolve();
      await listener.close();
    },
  });
};
