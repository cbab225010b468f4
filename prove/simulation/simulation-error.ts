/** The product broke a promise. The message says which, in words. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

export const expect: (holds: boolean, promise: string, details?: unknown) => asserts holds = (
  holds,
  promise,
  details,
) => {
  if (holds) return;
  throw new BrokenPromise(details === undefined ? promise : `${promise}: ${JSON.stringify(details).slice(0, 1_200)}`);
};

/** Not the product's doing: the simulated connection was cut, or the simulated process died. */
export class SimulatedCrash extends Error {
  override readonly name = 'SimulatedCrash';
}
