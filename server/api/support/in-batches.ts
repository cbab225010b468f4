/** More than this goes out at once, whatever the time. */
const batchMost = 1_000;

/** Gathers what comes within `gatherMs` of a batch's first item. What came before an error is still given. */
export async function* inBatches<Item>(items: AsyncIterable<Item>, gatherMs: number): AsyncGenerator<readonly Item[]> {
  const iterator = items[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const first = await next;
      if (first.done) return;
      const batch = [first.value];
      next = iterator.next();
      let timer: NodeJS.Timeout | undefined;
      const timeUp = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), gatherMs);
      });
      while (batch.length < batchMost) {
        // An error waits in `next` until the batch is out.
        const another = await Promise.race([next.catch(() => null), timeUp]);
        if (another === null || another.done) break;
        batch.push(another.value);
        next = iterator.next();
      }
      clearTimeout(timer);
      // Whoever reads may be slow: an error that comes meanwhile is thrown when they ask again.
      next.catch(() => undefined);
      yield batch;
    }
  } finally {
    // The last read may still be under way; nobody waits for it any more.
    next.catch(() => undefined);
    void iterator.return?.();
  }
}
