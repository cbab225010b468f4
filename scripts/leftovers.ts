import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

const commandLine = async (pid: number): Promise<string> => {
  if (process.platform === 'linux') return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return run('ps', ['-o', 'command=', '-p', String(pid)]).then(
    ({ stdout }) => stdout,
    () => '',
  );
};

const isOurs = async (pid: number): Promise<boolean> => /server\/(web|worker)\.ts/.test(await commandLine(pid));

/** Ends web and worker processes that a killed supervisor left, so that they hold neither port nor database. */
export const endLeftBehind = async (pids: readonly number[], say: (line: string) => void): Promise<void> => {
  for (const pid of pids) {
    if (!(await isOurs(pid))) continue; // long gone, or its number belongs to another program by now
    say(`Ending a process that a killed start left behind (pid ${pid})`);
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      continue;
    }
    for (let waits = 0; waits < 100 && (await isOurs(pid)); waits += 1) await delay(20);
  }
};
