import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a process has used of the processors, in ms; `reaped`: with what its ended children had used. */
type Usage = { readonly pid: number; readonly parent: number; readonly ms: number; readonly reapedMs: number };

// The kernel counts in ticks; a hundred a second on every Linux that Node runs on (USER_HZ).
const tickMs = 10;

const linuxUsage = async (pid: string): Promise<Usage[]> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null); // it may have ended
  if (text === null) return [];
  // The name, in brackets, may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const ticks = (...nths: readonly number[]) => nths.reduce((sum, nth) => sum + Number(fields[nth]) * tickMs, 0);
  return [{ pid: Number(pid), parent: Number(fields[1]), ms: ticks(11, 12), reapedMs: ticks(13, 14) }];
};

const millisecondsOf = (time: string): number => {
  const [days, clock] = time.includes('-') ? time.split('-') : ['0', time];
  const seconds = (clock ?? '').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return (Number(days) * 86_400 + seconds) * 1_000;
};

const psUsages = async (): Promise<Usage[]> => {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,time=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, time]) => ({
      pid: Number(pid),
      parent: Number(parent),
      ms: millisecondsOf(time ?? '0'),
      reapedMs: 0,
    }));
};

const allUsages = async (): Promise<Usage[]> => {
  if (process.platform !== 'linux') return psUsages();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return (await Promise.all(pids.map(linuxUsage))).flat();
};

/** The parent of a process: the postmaster, for a backend. */
export const parentOf = async (pid: number): Promise<number> => {
  const parent = (await allUsages()).find((usage) => usage.pid === pid)?.parent;
  if (parent === undefined) throw new Error(`There is no process ${pid}`);
  return parent;
};

/** What a process and its children have used so far, those that have ended included, in ms. */
export const processorMs = async (pid: number): Promise<number> => {
  const usages = await allUsages();
  const own = usages.find((usage) => usage.pid === pid);
  if (!own) throw new Error(`There is no process ${pid}`);
  const children = usages.filter(({ parent }) => parent === pid);
  return children.reduce((sum, { ms }) => sum + ms, own.ms + own.reapedMs);
};
