import { readRunning } from '../scripts/data-folder.ts';

/** The worker of the app under test, as its supervisor has published it: web first, then the worker. */
const workerPid = async (): Promise<number> => {
  const running = await readRunning(process.env.WAYBILL_DATA_DIR ?? '.waybill');
  const pid = running?.children[1];
  if (pid === undefined) throw new Error('The app under test has no worker');
  return pid;
};

/** Does the work while no projection, process or mail goes on; then all of it goes on, whatever came of the work. */
export const whileWorkerStopped = async (work: () => Promise<void>): Promise<void> => {
  const pid = await workerPid();
  process.kill(pid, 'SIGSTOP');
  try {
    await work();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
};
