import type { Logger } from 'pino';

/** After this the process goes, whatever is still under way. The supervisor waits 20 s. */
const patienceMs = 18_000;

/** Ends the process in order, once. A supervisor that is gone comes as a SIGTERM too (scripts/exit-with-parent.ts). */
export const shutDownOnSignals = (log: Logger, close: () => Promise<void>): void => {
  let isClosing = false;
  const shutDown = (reason: string): void => {
    if (isClosing) return;
    isClosing = true;
    log.info({ reason }, 'web is closing');
    setTimeout(() => {
      log.error('web did not close in time');
      process.exit(1);
    }, patienceMs).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'web closed with an error');
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => shutDown(signal));
};
