/** Who asks for a turn works once all that asked before are done. */
export type Turns = {
  /** Resolves or rejects as the work does, once it was its turn. Whoever fails keeps nobody. */
  take<Result>(work: () => Promise<Result>): Promise<Result>;
};

export const createTurns = (): Turns => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (work) => {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
};
