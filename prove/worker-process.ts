import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectFolder } from '../scripts/data-folder.ts';
import { type ScratchEnv, scratchSource } from '../scripts/scratch-database.ts';
import { endsWithParent } from '../scripts/service.ts';

/** A worker as a process of its own (server/worker.ts). */
export type WorkerProcess = {
  readonly pid: number;
  /** SIGSTOP and SIGCONT: it neither dies nor notices. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Its lines of log, as JSON. */
  readonly lines: readonly string[];
  readonly stop: () => Promise<void>;
};

export const startWorkerProcess = (env: ScratchEnv): WorkerProcess => {
  const { isTestMode: _, ...variables } = env;
  const texts = Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)]));
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      // Else a proof that is broken off leaves it behind, asking for its database for ever.
      endsWithParent,
      join(projectFolder, 'server', 'worker.ts'),
    ],
    {
      cwd: projectFolder,
      env: {
        ...scratchSource(env.WAYBILL_DATA_DIR),
        ...texts,
        NODE_ENV: 'production',
        LOG_LEVEL: 'info',
        WAYBILL_STARTED_BY: String(process.pid),
      },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    },
  );
  const exited = once(child, 'exit');
  const lines: string[] = [];
  let partial = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const parts = (partial + text).split('\n');
    partial = parts.pop() ?? '';
    lines.push(...parts);
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('The worker did not start');
  return {
    pid,
    pause: () => void process.kill(pid, 'SIGSTOP'),
    resume: () => void process.kill(pid, 'SIGCONT'),
    lines,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGCONT');
      child.kill('SIGTERM');
      await exited;
    },
  };
};
