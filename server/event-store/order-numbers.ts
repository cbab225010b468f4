import type { Database } from '#db/clients.ts';

/** Hands out order numbers such as `WB-48213`: unique for ever, rising within a process, with gaps. */
export type OrderNumbers = { next(): Promise<string> };

const blockSize = 50; // the sequence's increment (db/migrations/0002-event-store.sql)

/** One round trip takes a block for this process, so that an order rarely waits for one. */
export const createOrderNumbers = (sql: Database): OrderNumbers => {
  let next = 0;
  let end = 0;
  let refill: Promise<void> | null = null;

  const takeBlock = async (): Promise<void> => {
    const [row] = await sql<{ first: number }[]>`select nextval('es.order_numbers') as first`;
    if (!row) throw new Error('The sequence of order numbers gave nothing');
    next = row.first;
    end = row.first + blockSize;
  };

  return {
    next: async () => {
      while (next >= end) {
        refill ??= takeBlock().finally(() => {
          refill = null;
        });
        await refill;
      }
      const number = next;
      next += 1;
      return `WB-${number}`;
    },
  };
};
