import type { Database } from '#db/clients.ts';

/** Hands out order numbers such as `WB-48213`: unique for ever, rising within a process, with gaps. */
export type OrderNumbers = { next(): Promise<string> };

const blockSize = 50; // the sequence's increment (db/migrations/0002-event-store.sql)

type Block = { next: number; readonly end: number };

/** One round trip takes a block for this process, and the next one is asked for while half of it is left: no order waits. */
export const createOrderNumbers = (sql: Database): OrderNumbers => {
  let block: Block = { next: 0, end: 0 };
  let spare: Block | null = null;
  let asking: Promise<void> | null = null;

  const askForBlock = async (): Promise<void> => {
    const [row] = await sql<{ first: number }[]>`select nextval('es.order_numbers') as first`;
    if (!row) throw new Error('The sequence of order numbers gave nothing');
    spare = { next: row.first, end: row.first + blockSize };
  };

  const ask = (): Promise<void> => {
    asking ??= askForBlock().finally(() => {
      asking = null;
    });
    return asking;
  };

  return {
    next: async () => {
      while (block.next >= block.end) {
        if (!spare) await ask();
        // Whoever waited beside this one may have begun it.
        if (block.next < block.end || !spare) continue;
        block = spare;
        spare = null;
      }
      const number = block.next;
      block.next += 1;
      // A failure is met, and told, by whoever finds the block used up.
      if (!spare && block.end - block.next < blockSize / 2) ask().catch(() => undefined);
      return `WB-${number}`;
    },
  };
};
