/** Sleep that can be cut short. A ring while nobody sleeps is kept for the next sleeper. */
export type Alarm = {
  ring(): void;
  /** Resolves at the next ring (true), after `ms`, or when the signal aborts (false). */
  sleep(ms: number, signal?: AbortSignal): Promise<boolean>;
};

export const createAlarm = (): Alarm => {
  let rung = false;
  const sleepers = new Set<(rung: boolean) => void>();
  return {
    ring: () => {
      rung = sleepers.size === 0;
      for (const wake of sleepers) wake(true);
    },
    sleep: (ms, signal) => {
      if (rung || signal?.aborted) {
        const wasRung = rung;
        rung = false;
        return Promise.resolve(wasRung);
      }
      return new Promise((resolve) => {
        const wake = (byRing: boolean) => {
          clearTimeout(timer);
          sleepers.delete(wake);
          signal?.removeEventListener('abort', wakeUnrung);
          resolve(byRing);
        };
        const wakeUnrung = () => wake(false);
        const timer = setTimeout(wakeUnrung, ms);
        sleepers.add(wake);
        signal?.addEventListener('abort', wakeUnrung);
      });
    },
  };
};
