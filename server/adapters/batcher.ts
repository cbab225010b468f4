/**
 * Gathers calls while one is under way, so that many cost one round trip. Idle, a call goes at once. `run` answers in
 * the order of its items; when it throws, all of that batch do.
 */
export const createBatcher = <Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  { itemsMax = 200, inFlightMax = 1 } = {},
): ((item: Item) => Promise<Result>) => {
  type Waiting = {
    readonly item: Item;
    readonly resolve: (result: Result) => void;
    readonly reject: (error: unknown) => void;
  };
  let waiting: Waiting[] = [];
  let inFlight = 0;
  let scheduled = false;

  const send = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const results = await run(group.map(({ item }) => item));
      if (results.length !== group.length)
        throw new Error(`A batch of ${group.length} came back with ${results.length} results`);
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };

  const flush = (): void => {
    scheduled = false;
    while (inFlight < inFlightMax && waiting.length > 0) {
      const group = waiting.slice(0, itemsMax);
      waiting = waiting.slice(itemsMax);
      inFlight += 1;
      void send(group).finally(() => {
        inFlight -= 1;
        flush();
      });
    }
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (scheduled) return;
      scheduled = true;
      // Calls of the same turn go together.
      setImmediate(flush);
    });
};
