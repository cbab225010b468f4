import { statfs } from 'node:fs/promises';

/** The disk is full, or nearly: nothing is recorded until there is room again. Reads go on. */
export class RecordingPaused extends Error {
  constructor(options?: ErrorOptions) {
    super(
      'Waybill can read but not record now: its disk is full. Nothing was changed. Try again later; nothing is done twice.',
      options,
    );
    this.name = 'RecordingPaused';
  }
}

/** Whether this process may write. */
export type Recording = {
  readonly isPaused: () => boolean;
  /** Aborts when recording is paused; another one comes with `untilOpen`. */
  readonly paused: () => AbortSignal;
  /** Resolves once recording isn't paused (any more), or when the signal aborts. */
  untilOpen(signal: AbortSignal): Promise<void>;
  /** The database has refused a write for want of room, whatever is seen from here: nothing is tried for a while. */
  refused(): void;
  close(): void;
};

export type RecordingOptions = {
  /** Where the database lies, on this machine; null where that can't be known. */
  readonly folder: string | null;
  /** Called when it changes. */
  readonly onChange?: (isPaused: boolean) => void;
  /** Bytes that are free for the database's folder. */
  readonly readRoom?: (folder: string) => Promise<number>;
  readonly everyMs?: number;
};

/**
 * What PostgreSQL is left with: a few segments of its log, 16 MB each. Without room for the next one it stops, and with
 * it all reads.
 */
export const reservedBytes = 64 * 1024 * 1024;
/** Recording goes on only when there is more than what brought it to a halt. */
const enoughBytes = 96 * 1024 * 1024;
const refusedForMs = 5_000;

const freeBytes = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/** Looks at the room on the database's disk, every half a second by default. */
export const createRecording = (options: RecordingOptions): Recording => {
  const { folder, onChange, readRoom = freeBytes, everyMs = 500 } = options;
  let isLow = false;
  let refusedUntil = 0;
  let wasPaused = false;
  let controller = new AbortController();
  const waiting = new Set<() => void>();

  const isPaused = (): boolean => isLow || Date.now() < refusedUntil;

  const settle = (): void => {
    const now = isPaused();
    if (now === wasPaused) return;
    wasPaused = now;
    onChange?.(now);
    if (now) controller.abort();
    else {
      controller = new AbortController();
      for (const open of waiting) open();
      waiting.clear();
    }
  };

  const look = async (): Promise<void> => {
    if (folder !== null) {
      // A folder that can't be read says nothing about its room.
      const room = await readRoom(folder).catch(() => enoughBytes);
      isLow = room < (isLow ? enoughBytes : reservedBytes);
    }
    settle();
  };
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();

  return {
    isPaused,
    paused: () => controller.signal,
    untilOpen: (signal) => {
      if (!wasPaused || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.add(resolve);
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    },
    refused: () => {
      refusedUntil = Date.now() + refusedForMs;
      settle();
    },
    close: () => clearInterval(timer),
  };
};
