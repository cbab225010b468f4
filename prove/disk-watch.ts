import { readFileSync, statSync } from 'node:fs';

/** Whether a disk completes what it is asked for. Linux tells; elsewhere it is never seen to stand still. */
export type DiskWatch = {
  /** To be called often: a standstill is seen from look to look. `now`: ms, as of `performance.now()`. */
  look(now: number): void;
  /** For how long of this time the disk had requests and completed none of them, in ms. */
  stoodStillMs(since: number, now: number): number;
  readonly longestMs: () => number;
};

/** Reads, writes, discards and flushes that were completed, and how many requests wait. Null where nobody tells. */
export type ReadDisk = () => { readonly completed: number; readonly waiting: number } | null;

/** What takes no longer is how disks are. */
const remarkableMs = 60;

/** https://docs.kernel.org/admin-guide/iostats.html, for the disk on which the folder lies. */
export const diskUnder = (folder: string): ReadDisk => {
  const { dev } = statSync(folder);
  const place = `${(dev >> 8) & 0xfff} ${(dev & 0xff) | ((dev >> 12) & 0xfff00)}`;
  return () => {
    let text: string;
    try {
      text = readFileSync('/proc/diskstats', 'utf8');
    } catch {
      return null;
    }
    for (const line of text.split('\n')) {
      const fields = line.trim().split(/\s+/);
      if (`${fields[0]} ${fields[1]}` !== place) continue;
      const at = (nth: number): number => Number(fields[nth] ?? 0);
      return { completed: at(3) + at(7) + at(14) + at(18), waiting: at(11) };
    }
    return null;
  };
};

export const createDiskWatch = (read: ReadDisk): DiskWatch => {
  const standstills: { readonly from: number; to: number }[] = [];
  let completed = -1;
  let stillFrom: number | null = null;

  const seen = () => standstills.filter(({ from, to }) => to - from >= remarkableMs);
  return {
    look: (now) => {
      const disk = read();
      if (!disk) return;
      const isStill = disk.waiting > 0 && disk.completed === completed;
      completed = disk.completed;
      if (!isStill) {
        // Requests that wait from now on: whether they are served is for the next look to see.
        stillFrom = disk.waiting > 0 ? now : null;
        return;
      }
      const last = standstills.at(-1);
      if (stillFrom !== null && last?.from === stillFrom) last.to = now;
      else if (stillFrom !== null) standstills.push({ from: stillFrom, to: now });
    },
    stoodStillMs: (since, now) =>
      seen().reduce((sum, { from, to }) => sum + Math.max(0, Math.min(to, now) - Math.max(from, since)), 0),
    longestMs: () => Math.max(0, ...seen().map(({ from, to }) => to - from)),
  };
};
