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

const watch = (query: unknown, waitMs: number): unknown => {
  if (!isQuery(query)) return query;
  const { handle } = query;
  query.handle = () => {
    if (!query.executed) startTimer(query, waitMs);
    return handle.call(query);
  };
  return query;
};

const startTimer = (query: PendingQuery, waitMs: number): void => {
  const { resolve, reject } = query;
  const timer = setTimeout(() => {
    if (query.active) return; // it runs: how long that may take is the statement's own business
    query.reject(new PoolExhausted(waitMs));
    // One that was sent can't be taken back: the driver would give its answer to the query behind it.
    if (!query.state) Promise.resolve(query.cancel()).catch(() => undefined);
  }, waitMs);
  query.resolve = (value) => {
    clearTimeout(timer);
    resolve(value);
  };
  query.reject = (error) => {
    clearTimeout(timer);
    reject(error);
  };
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
 * A client whose queries wait at most `waitMs` for a connection, then throw `PoolExhausted`. postgres.js itself waits
 * for ever.
 */
export const withPoolDeadline = <Types extends Record<string, unknown>>(
  client: Sql<Types>,
  waitMs: number,
): Sql<Types> => {
  const begin = beginWithin(client.begin.bind(client) as unknown as Begin, waitMs);
  const unsafe = (...args: Parameters<Sql<Types>['unsafe']>) => watch(client.unsafe(...args), waitMs);
  return new Proxy(client, {
    apply: (target, self, args) =>
      watch(Reflect.apply(target as unknown as (...args: unknown[]) => unknown, self, args), waitMs),
    get: (target, property, receiver) => {
      if (property === 'begin') return begin;
      if (property === 'unsafe') return unsafe;
      return Reflect.get(target, property, receiver);
    },
  });
};
