import { readFile, writeFile } from 'node:fs/promises';
import type { Logger } from 'pino';
import type { Database } from '#db/clients.ts';
import { pause } from './pause.ts';

/** As `nice` has it: at 10, whoever is asked for by people gets nine tenths of a processor that both want. */
const niceness = '10';

/** Who is not root may set one session's niceness in a tenth of a second. */
const tryAgainMs = 150;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

const isScheduledBySession = (): Promise<boolean> =>
  readFile('/proc/sys/kernel/sched_autogroup_enabled', 'utf8').then(
    (text) => text.trim() === '1',
    () => false, // not Linux, or a kernel without
  );

export type GiveWayOptions = {
  readonly sql: Database;
  /** As the connections call themselves. */
  readonly applicationNames: readonly string[];
  /** Processes that give way besides; each must lead a session of its own. */
  readonly pids: readonly number[];
  readonly log: Pick<Logger, 'info'>;
  /** Who takes over from a dead worker is in a hurry, and keeps its priority for so long. Default 5,000. */
  readonly settleMs?: number;
  /** How often new connections are looked for. Default 5,000. */
  readonly lookEveryMs?: number;
};

/**
 * Lets what people wait for go first, where worker, web and database share their processors. Linux there shares them out
 * among sessions (`man 7 sched`, autogroups), and niceness counts within a session only: web, worker and each connection
 * of the database are one each, all alike until the session's own niceness is set. Elsewhere this does nothing. Connections
 * that this user may not touch are left as they are, and said so.
 */
export const giveWay = async (options: GiveWayOptions, signal: AbortSignal): Promise<void> => {
  const { sql, applicationNames, pids, log, settleMs = 5_000, lookEveryMs = 5_000 } = options;
  if (!(await isScheduledBySession())) return;
  await pause(settleMs, signal);
  const settled = new Set<number>();

  /** False: to be tried again. */
  const lower = async (pid: number): Promise<boolean> => {
    try {
      await writeFile(`/proc/${pid}/autogroup`, niceness);
    } catch (error) {
      if (codeOf(error) === 'EAGAIN') return false;
      if (codeOf(error) !== 'ENOENT') log.info({ pid, err: error }, 'a session keeps its priority');
    }
    return true;
  };

  while (!signal.aborted) {
    let isDone = true;
    try {
      const rows = await sql<{ pid: number }[]>`
        select pid from pg_stat_activity
        where usename = current_user and application_name = any(${applicationNames as string[]})`;
      const present = new Set([...pids, ...rows.map(({ pid }) => pid)]);
      for (const pid of settled) if (!present.has(pid)) settled.delete(pid);
      for (const pid of present) {
        if (settled.has(pid)) continue;
        if (await lower(pid)) settled.add(pid);
        else isDone = false;
      }
    } catch (error) {
      log.info({ err: error }, 'the sessions of the database could not be looked for');
    }
    await pause(isDone ? lookEveryMs : tryAgainMs, signal);
  }
};
