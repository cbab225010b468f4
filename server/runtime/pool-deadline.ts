import type { Sql } from 'postgres';

/** No connection became free in time: the process has more to do than its pool can carry. Retry in a while. */
export class PoolExhausted extends Error {
  constructor(waitMs: number) {
    super(`No database connection became free within ${waitMs} ms`);
    this.name = 'PoolExhausted';
  }
}

/** What we need of a postgres.js query beyond its promise (src/query.js). */
type PendingQuery = {
  /** True once it is being run on a connection; a query behind others on one connection is not. */
  active: boolean;
  executed: boolean;
  /** Set once it was sent to a connection, behind others maybe. */
  state: unknown;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  cancel: () => unknown;
  handle: () => unknown;
};

const isQuery = (value: unknown): value is PendingQuery =>
  typeof value === 'object' && value !== null && 'handle' in value && 'executed' in value;

/** Who finds the pool stuck already gets so long: enough to be put on a connection that is free. */
const leastWaitMs = 100;

/**
 * For how long no query of a pool has come to an end while some were open. A request asks several times; each would
 * wait anew, and whoever gathers behind a batch twice: so they all count from when the pool last moved.
 */
const createPatience = (waitMs: number) => {
  let open = 0;
  let movedAt = 0;
  return {
    /** Notes a query, and says how long it may wait. */
    begin: (): number => {
      if (open === 0) movedAt = performance.now();
      open += 1;
      return Math.max(leastWaitMs, waitMs - (performance.now() - movedAt));
    },
    /** `moved`: the pool itself ended it. */
    end: (moved: boolean): void => {
      open -= 1;
      if (moved) movedAt = performance.now();
    },
  };
};
type Patience = ReturnType<typeof createPatience>;

// Functions have names before they are assigned: V8 makes one that is written as a property's value old at birth, and
// with it all that it sees (scripts/mend-driver.mjs).
const watch = (query: unknown, waitMs: number, patience: Patience): unknown => {
  if (!isQuery(query)) return query;
  const { handle } = query;
  const handleInTime = (): unknown => {
    if (!query.executed) startTimer(query, waitMs, patience);
    return handle.call(query);
  };
  query.handle = handleInTime;
  return query;
};

const startTimer = (query: PendingQuery, waitMs: number, patience: Patience): void => {
  const { resolve, reject } = query;
  const within = patience.begin();
  let isOver = false;
  const end = (moved: boolean): void => {
    if (!isOver) patience.end(moved);
    isOver = true;
  };
  const timer = setTimeout(() => {
    if (query.active) return; // it runs: how long that may take is the statement's own business
    end(false);
    query.reject(new PoolExhausted(waitMs));
    // One that was sent can't be taken back: the driver would give its answer to the query behind it.
    if (!query.state) Promise.resolve(query.cancel()).catch(() => undefined);
  }, within);
  const resolveInTime: PendingQuery['resolve'] = (value) => {
    clearTimeout(timer);
    end(true);
    resolve(value);
  };
  const rejectInTime: PendingQuery['reject'] = (error) => {
    clearTimeout(timer);
    end(true);
    reject(error);
  };
  query.resolve = resolveInTime;
  query.reject = rejectInTime;
};

type Begin = (...args: unknown[]) => Promise<unknown>;

/** A transaction that got no connection in time is refused; if one comes later after all, it is rolled back unused. */
const beginWithin =
  (begin: Begin, waitMs: number): Begin =>
  (...args) => {
    const body = args.at(-1) as (transaction: unknown) => unknown;
    return new Promise((resolve, reject) => {
      let isGivenUp = false;
      const timer = setTimeout(() => {
        isGivenUp = true;
        reject(new PoolExhausted(waitMs));
      }, waitMs);
      const guarded = (transaction: unknown) => {
        if (isGivenUp) throw new PoolExhausted(waitMs);
        clearTimeout(timer);
        return body(transaction);
      };
      begin(...args.slice(0, -1), guarded)
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
    });
  };

/**
 * A client whose queries wait for a connection until the pool has not moved for `waitMs`, then throw `PoolExhausted`.
 * postgres.js itself waits for ever.
 */
export const withPoolDeadline = <Types extends Record<string, unknown>>(
  client: Sql<Types>,
  waitMs: number,
): Sql<Types> => {
  const begin = beginWithin(client.begin.bind(client) as unknown as Begin, waitMs);
  const patience = createPatience(waitMs);
  const unsafe = (...args: Parameters<Sql<Types>['unsafe']>) => watch(client.unsafe(...args), waitMs, patience);
  return new Proxy(client, {
    apply: (target, self, args) =>
      watch(Reflect.apply(target as unknown as (...args: unknown[]) => unknown, self, args), waitMs, patience),
    get: (target, property, receiver) => {
      if (property === 'begin') return begin;
      if (property === 'unsafe') return unsafe;
      return Reflect.get(target, property, receiver);
    },
  });
};
