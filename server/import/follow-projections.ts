import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Database } from '#db/clients.ts';
import { comparePositions, type StorePosition } from '#domain/shared/store-position.ts';
import type { Env } from '#server/env.ts';
import { projections } from '#server/projections/registry.ts';
import { type Checkpoint, readCheckpoints } from '#server/runtime/checkpoints.ts';

const script = fileURLToPath(new URL('projections-process.ts', import.meta.url));

/** Where the projections stand; null unless somebody drives every one. */
const drivenOf = (checkpoints: readonly Checkpoint[]): readonly Checkpoint[] | null => {
  const driven = projections.flatMap(({ name, version }) =>
    checkpoints.filter((one) => one.consumer === name && one.version === version && one.holder !== null),
  );
  return driven.length === projections.length ? driven : null;
};

/** Whether a worker drives every projection of this database. */
export const areProjectionsDriven = async (sql: Database): Promise<boolean> =>
  drivenOf(await readCheckpoints(sql)) !== null;

export type ProjectionsProcess = { stop(): Promise<void> };

/** Runs the projections in a process of their own until stopped, and no longer than this process lives. */
export const startProjections = (env: Env): ProjectionsProcess => {
  const { isTestMode: _derived, ...variables } = env;
  const given = Object.entries(variables).filter((entry) => entry[1] !== undefined);
  const child = fork(script, {
    env: { ...process.env, ...Object.fromEntries(given.map(([name, value]) => [name, String(value)])) },
  });
  return {
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
};

export type ProjectionsFollowed = {
  /** Whether all of them had folded every event of the store at the end. */
  readonly areCaughtUp: boolean;
  /** How long they needed after the last append. */
  readonly secondsBehind: number;
  /** Those that were still behind, with how many events each had passed. */
  readonly behind: readonly { readonly projection: string; readonly events: number }[];
};

const lastPosition = async (sql: Database): Promise<StorePosition | null> => {
  const [last] = await sql<{ incarnation: number; transaction_id: string; position: number }[]>`
    select incarnation, transaction_id, position from es.events
    order by incarnation desc, transaction_id desc, position desc limit 1`;
  return last ? { ...last, transactionId: Number(last.transaction_id) } : null;
};

const isBehind = (checkpoints: readonly Checkpoint[], goal: StorePosition) =>
  projections.flatMap(({ name, version }) => {
    const found = checkpoints.find((one) => one.consumer === name && one.version === version);
    if (found && comparePositions(found.at, goal) >= 0) return [];
    return [{ projection: name, events: found?.events ?? 0 }];
  });

export type PaceOptions = {
  /** How many events the slowest projection may be behind. */
  readonly eventsMost?: number;
  /** Projections that stand still for so long are not waited for: who is stuck needs mending, not patience. */
  readonly patienceMs?: number;
  readonly pause?: () => Promise<unknown>;
};

/**
 * Waits while the worker's projections are far behind: what people do meanwhile is folded after all that was imported
 * before it, so that an import at full speed would show them minutes-old lists. Ends at once where no worker drives them.
 */
export const untilNear = async (sql: Database, options: PaceOptions = {}): Promise<void> => {
  const { eventsMost = 3_000, patienceMs = 20_000, pause = () => delay(50) } = options;
  let movedMs = performance.now();
  let seen = '';
  for (;;) {
    const driven = drivenOf(await readCheckpoints(sql));
    const last = await lastPosition(sql);
    if (!driven || !last) return;
    // Positions of what was rolled back are missing, so that there are no more events than this.
    if (driven.every(({ at }) => at.incarnation === last.incarnation && last.position - at.position <= eventsMost))
      return;
    const now = JSON.stringify(driven.map(({ at }) => at));
    if (now !== seen) movedMs = performance.now();
    seen = now;
    if (performance.now() - movedMs > patienceMs) return;
    await pause();
  }
};

/** Waits until every projection has folded all that is in the store; gives up when none has moved for so long. */
export const untilProjected = async (sql: Database, patienceMs = 20_000): Promise<ProjectionsFollowed> => {
  const startedMs = performance.now();
  const seconds = () => (performance.now() - startedMs) / 1_000;
  const goal = await lastPosition(sql);
  let movedMs = startedMs;
  let seen = '';
  for (;;) {
    const checkpoints = await readCheckpoints(sql);
    const behind = goal ? isBehind(checkpoints, goal) : [];
    if (behind.length === 0) return { areCaughtUp: true, secondsBehind: seconds(), behind };
    const now = JSON.stringify(behind);
    if (now !== seen) movedMs = performance.now();
    seen = now;
    if (performance.now() - movedMs > patienceMs) return { areCaughtUp: false, secondsBehind: seconds(), behind };
    await delay(100);
  }
};
