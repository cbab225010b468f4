import type { Database } from '#db/clients.ts';

/** Remembers in the database how many orders of a source are in the store, from its first on. */
export type Progress = {
  /** How many of the first orders need not be appended again. */
  readonly ordersDone: number;
  /** Says that the first so many orders are in. Returns at once; of many calls in a row the newest is written. */
  moveTo(ordersDone: number): void;
  /** Waits until what was said is written. Throws what went wrong in writing. */
  flush(): Promise<void>;
  /** Writes down, on disk together with all that was appended, that the database holds all of the source. */
  validated(): Promise<void>;
};

/** `source` is the files' fingerprint (`scanFiles`). */
export const openProgress = async (sql: Database, source: string): Promise<Progress> => {
  const [row] = await sql<{ orders_done: number }[]>`select orders_done from import.progress where source = ${source}`;
  let written = row?.orders_done ?? 0;
  let wanted = written;
  let writing: Promise<void> | null = null;

  const write = async (): Promise<void> => {
    while (written < wanted) {
      const ordersDone = wanted;
      // Never back: two imports of one source may run at once.
      await sql`
        insert into import.progress (source, system, orders_done) values (${source}, 'olist', ${ordersDone})
        on conflict (source) do update set
          orders_done = greatest(import.progress.orders_done, excluded.orders_done), moved_at = clock_timestamp()`;
      written = ordersDone;
    }
  };
  const start = (): Promise<void> => {
    writing ??= write().finally(() => {
      writing = null;
    });
    return writing;
  };
  return {
    ordersDone: written,
    moveTo: (ordersDone) => {
      wanted = Math.max(wanted, ordersDone);
      // A failed write is tried again by `flush`, which throws.
      start().catch(() => undefined);
    },
    flush: async () => {
      await writing?.catch(() => undefined);
      await start();
    },
    validated: async () => {
      await sql.begin(async (tx) => {
        // The appends before it may not have waited for the disk: this waits for all of them.
        await tx`set local synchronous_commit = on`;
        await tx`update import.progress set validated_at = clock_timestamp() where source = ${source}`;
      });
    },
  };
};
