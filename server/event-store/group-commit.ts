import { type Appender, takeDisjoint } from './append.ts';
import type { UnitResult } from './append-call.ts';
import type { AppendOutcome, AppendUnit, PreparedUnit } from './append-unit.ts';

export type GroupCommitOptions = {
  /** Transactions in flight at once; while they are, units gather. Default 4 (measured: 1 to 8 at 4, 16 and 64 clients). */
  readonly inFlightMax?: number;
  /** Units a transaction. Default 100. */
  readonly unitsMax?: number;
  /** After so many tries with its key busy elsewhere, a unit waits for it in a transaction of its own. Default 8. */
  readonly busyTriesMax?: number;
  /** Such waiting transactions at once. Default 1. */
  readonly waitingMax?: number;
  /** The longest that a unit waits before it is first sent, in ms, and what it then fails with. No limit by default. */
  readonly patience?: { readonly waitMs: number; readonly error: () => Error };
};

type Queued = PreparedUnit & {
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: unknown) => void;
  tries: number;
  late: NodeJS.Timeout | undefined;
};

/** Groups appends into few transactions. */
export type GroupCommit = {
  /** As `Appender.append` of one unit. Idle, it goes with this turn of the event loop; while transactions are in flight, units gather. */
  append(unit: AppendUnit): Promise<AppendOutcome>;
};

/** Fewer units than this wait for the transaction under way: most of a transaction's cost is its own (measured). */
const worthwhile = 16;

const retryDelayMs = (tries: number): number => Math.min(2 ** tries, 32) * (0.5 + Math.random() / 2);

// The server understood, and refused: one unit of the group is to blame, the others deserve their own try.
const isRefusal = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'severity' in error && error.severity === 'ERROR';

/**
 * One COMMIT for many units. A unit whose key another process holds goes to a later group; units of this process that
 * share a key keep their order and never meet in one transaction. So a hot key holds up nobody else (measured).
 */
export const createGroupCommit = (
  appender: Pick<Appender, 'prepare' | 'appendOnce' | 'readDuplicate'>,
  { inFlightMax = 4, unitsMax = 100, busyTriesMax = 8, waitingMax = 1, patience }: GroupCommitOptions = {},
): GroupCommit => {
  let ready: Queued[] = [];
  /** Units whose key stayed busy too long; each waits for its turn to wait on the server. */
  const patient: Queued[] = [];
  /** What units in flight or put off have claimed, and how often: no other unit with one of these claims may start. */
  const held = new Map<string, number>();
  let inFlight = 0;
  let unitsInFlight = 0;
  let waiting = 0;

  const hold = (unit: Queued): void => {
    for (const claim of unit.claims) held.set(claim, (held.get(claim) ?? 0) + 1);
  };
  const release = (unit: Queued): void => {
    for (const claim of unit.claims) {
      const count = (held.get(claim) ?? 1) - 1;
      if (count === 0) held.delete(claim);
      else held.set(claim, count);
    }
  };

  const settle = (queued: Queued, result: UnitResult | undefined): void => {
    if (!result || result.status === 'busy') {
      // Still held, so that later units on its keys stay behind it.
      queued.tries += 1;
      if (queued.tries >= busyTriesMax) patient.push(queued);
      else {
        setTimeout(() => {
          release(queued);
          ready.unshift(queued);
          flush();
        }, retryDelayMs(queued.tries));
      }
      return;
    }
    release(queued);
    if (result.status === 'duplicate') appender.readDuplicate(queued.unit).then(queued.resolve, queued.reject);
    else queued.resolve(result);
  };

  const send = async (group: readonly Queued[]): Promise<void> => {
    try {
      const results = await appender.appendOnce(group, { wait: false });
      for (const [index, queued] of group.entries()) settle(queued, results[index]);
    } catch (error) {
      if (group.length > 1 && isRefusal(error)) {
        for (const queued of group) await send([queued]);
        return;
      }
      for (const queued of group) {
        release(queued);
        queued.reject(error);
      }
    }
  };

  const sendWaiting = async (queued: Queued): Promise<void> => {
    try {
      const [result] = await appender.appendOnce([queued], { wait: true });
      settle(queued, result);
    } catch (error) {
      release(queued);
      queued.reject(error);
    }
  };

  const flush = (): void => {
    while (waiting < waitingMax) {
      const queued = patient.shift();
      if (!queued) break;
      waiting += 1;
      void sendWaiting(queued).finally(() => {
        waiting -= 1;
        flush();
      });
    }
    while (ready.length > 0 && inFlight < (ready.length < worthwhile ? 1 : inFlightMax)) {
      // Half of all: while one group is written, the next is encoded.
      const most = Math.min(unitsMax, Math.max(worthwhile, Math.ceil((ready.length + unitsInFlight) / 2)));
      const { group, rest } = takeDisjoint(ready, new Set(held.keys()), most);
      if (group.length === 0) return;
      ready = [...rest];
      for (const queued of group) {
        clearTimeout(queued.late);
        hold(queued);
      }
      inFlight += 1;
      unitsInFlight += group.length;
      void send(group).finally(() => {
        inFlight -= 1;
        unitsInFlight -= group.length;
        flush();
      });
    }
  };

  // What is asked for within one turn of the event loop goes together: a worker's batch is hundreds at once.
  let isScheduled = false;
  const flushSoon = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      flush();
    });
  };

  const giveUpAfter = (queued: Queued, { waitMs, error }: NonNullable<typeof patience>): NodeJS.Timeout =>
    setTimeout(() => {
      if (!ready.includes(queued)) return;
      ready = ready.filter((other) => other !== queued);
      queued.reject(error());
    }, waitMs);

  const append = async (unit: AppendUnit): Promise<AppendOutcome> => {
    const [prepared] = await appender.prepare([unit]);
    if (!prepared) throw new Error('prepare gave nothing back');
    return new Promise<AppendOutcome>((resolve, reject) => {
      const queued: Queued = { ...prepared, resolve, reject, tries: 0, late: undefined };
      ready.push(queued);
      if (patience) queued.late = giveUpAfter(queued, patience);
      flushSoon();
    });
  };

  return { append };
};
