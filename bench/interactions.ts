import type { Page } from '@playwright/test';

/** What the browser reports of one interaction, ms. Event timing knows steps of 8 ms, and nothing below 16. */
export type Interaction = {
  readonly id: number;
  readonly type: string;
  /** What was pressed; empty where nobody knows. */
  readonly key: string;
  readonly durationMs: number;
  readonly inputDelayMs: number;
  readonly processingMs: number;
  /** When it began, on the page's clock. */
  readonly atMs: number;
};

type Kept = Map<number, Interaction>;
type Watching = { __interactions?: Kept };

const threshold = 16;

/** From now on each page keeps what it hears of interactions: of the events of one key, the slowest. */
export const watchInteractions = (page: Page): Promise<unknown> =>
  page.addInitScript((least) => {
    const kept: Kept = new Map();
    Object.assign(window as Watching, { __interactions: kept });
    const keys = new Map<number, string>();
    for (const type of ['keydown', 'keyup'] as const)
      addEventListener(type, ({ timeStamp, key }) => void keys.set(timeStamp, key), { capture: true, passive: true });
    const keep = (list: PerformanceObserverEntryList) => {
      for (const entry of list.getEntries() as PerformanceEventTiming[]) {
        const { interactionId: id } = entry as unknown as { interactionId: number };
        if (id === 0 || (kept.get(id)?.durationMs ?? 0) >= entry.duration) continue;
        kept.set(id, {
          id,
          type: entry.name,
          key: keys.get(entry.startTime) ?? '',
          durationMs: entry.duration,
          inputDelayMs: entry.processingStart - entry.startTime,
          processingMs: entry.processingEnd - entry.processingStart,
          atMs: entry.startTime,
        });
      }
    };
    const observer = new PerformanceObserver(keep);
    observer.observe({ type: 'event', durationThreshold: least, buffered: true } as PerformanceObserverInit);
    new PerformanceObserver(keep).observe({ type: 'first-input', buffered: true });
  }, threshold);

/** What was kept, and nothing from now on. Waits for two frames: the last interaction's paint is reported after it. */
export const takeInteractions = (page: Page): Promise<readonly Interaction[]> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const kept = (window as Watching).__interactions;
    const taken = [...(kept?.values() ?? [])];
    kept?.clear();
    return taken;
  });

/** One duration an interaction: those that were too short to be reported count as just that short. */
export const durations = (reported: readonly Interaction[], interactions: number): readonly number[] => [
  ...reported.map(({ durationMs }) => durationMs),
  ...Array<number>(Math.max(0, interactions - reported.length)).fill(threshold),
];
