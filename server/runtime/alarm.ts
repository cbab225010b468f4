/** Sleep that can be cut short. A ring while nobody sleeps is kept for the next sleeper. */
export type Alarm = {
  ring(): void;
  /** Resolves at the next ring, after `ms`, or when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
};

export const createAlarm = (): Alarm => {
  let rung = false;
  const sleepers = new Set<() => void>();
  return {
    ring: () => {
      rung = sleepers.size === 0;
      for (const wake of sleepers) wake();
    },
    sleep: (ms, signal) => {
      if (rung || signal?.aborted) {
        rung = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          sleepers.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, ms);
        sleepers.add(wake);
        signal?.addEventListener('abort', wake);
      });
    },
  };
};
