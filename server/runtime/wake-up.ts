import type { Database } from '#db/clients.ts';

/** Sent after commits that wrote events; no payload. */
export const eventsChannel = 'waybill_events';
/** Sent by the worker; the payload is JSON of the checkpoints that moved. */
export const checkpointsChannel = 'waybill_checkpoints';

export type Notifier = {
  /** Asks for one notification soon; returns at once. Of many calls in a row one notification comes. */
  notify(): void;
  /** Sends what is still due, and stops. */
  close(): Promise<void>;
};

export type NotifierOptions = {
  readonly sql: Database;
  readonly channel: string;
  /** At most one NOTIFY per this many ms and process: it takes a lock that all commits of listeners' databases share. */
  readonly everyMs?: number;
  /** Makes the payload when the notification goes out; none by default. */
  readonly payload?: () => string;
  /** A lost notification only costs latency: readers poll as well. */
  readonly onError?: (error: unknown) => void;
};

/** Debounced NOTIFY, in a transaction of its own: inside the append transaction it would serialize commits. */
export const createNotifier = ({ sql, channel, everyMs = 20, payload, onError }: NotifierOptions): Notifier => {
  let due = false;
  let running: Promise<void> | null = null;
  let closed = false;

  const send = async (): Promise<void> => {
    // The first after a pause goes out at once; those that come meanwhile share the next.
    while (due) {
      due = false;
      try {
        await sql`select pg_notify(${channel}, ${payload?.() ?? ''})`;
      } catch (error) {
        onError?.(error);
      }
      if (!closed) await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  };

  return {
    notify: () => {
      if (closed) return;
      due = true;
      running ??= send().finally(() => {
        running = null;
      });
    },
    close: async () => {
      closed = true;
      await running;
    },
  };
};

export type Listener = { close(): Promise<void> };

/** `isAnew`: LISTEN has begun, or begun again. What was announced before is lost, and may be undone: the server may have crashed. */
export type OnWake = (payload: string | null, isAnew: boolean) => void;

export type ListenerOptions = {
  /** Takes one connection of its own, besides the pool's, and reconnects by itself. */
  readonly sql: Database;
  readonly channel: string;
  /** Called with the payload of each notification; with null when polling is due, and after each (re)connection. */
  readonly onWake: OnWake;
  /** The longest without a wake-up, in ms: notifications may be lost. Default 500. */
  readonly pollMs?: number;
};

/** LISTEN with polling as the fallback. It holds no connection of the pool while it waits. */
export const listen = async ({ sql, channel, onWake, pollMs = 500 }: ListenerOptions): Promise<Listener> => {
  let lastWakeAt = Date.now();
  const wake = (payload: string | null, isAnew = false): void => {
    lastWakeAt = Date.now();
    onWake(payload, isAnew);
  };
  const timer = setInterval(() => {
    if (Date.now() - lastWakeAt >= pollMs) wake(null);
  }, pollMs);
  try {
    // What was sent before LISTEN took effect is lost, hence the wake-up once it has.
    const { unlisten } = await sql.listen(
      channel,
      (payload) => wake(payload),
      () => wake(null, true),
    );
    return {
      close: async () => {
        clearInterval(timer);
        await unlisten();
      },
    };
  } catch (error) {
    clearInterval(timer);
    throw error;
  }
};
