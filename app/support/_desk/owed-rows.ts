/** Between two reads of what is behind; the server waits a second by itself. */
const againMs = 500;
/** What one read takes. */
const linesMost = 200;

export type OwedRows = {
  /** These changed: they are read until an answer has what was heard of by now. */
  readonly owe: (orderIds: readonly string[]) => void;
  readonly stop: () => void;
};

/** Lines that the list still has to read, one read after the other: an older answer must not come after a newer. */
export const createOwedRows = (
  /** Reads lines again; false where the answer may lack what was heard of. */
  reread: (orderIds: readonly string[]) => Promise<boolean>,
): OwedRows => {
  const owed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const read = async (): Promise<void> => {
    const asked = [...owed].slice(0, linesMost);
    // What is heard of while they are read is owed anew.
    for (const orderId of asked) owed.delete(orderId);
    const isCurrent = await reread(asked);
    if (!isCurrent) for (const orderId of asked) owed.add(orderId);
    timer = owed.size > 0 && !isOver ? setTimeout(() => void read(), isCurrent ? 0 : againMs) : undefined;
  };
  return {
    owe: (orderIds) => {
      for (const orderId of orderIds) owed.add(orderId);
      if (owed.size > 0) timer ??= setTimeout(() => void read(), 0);
    },
    stop: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
};
