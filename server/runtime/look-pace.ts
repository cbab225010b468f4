/** When to look again for events that nothing may announce, or that were announced too early. */
export type LookPace = {
  /** Something was announced: what isn't there at once lies above the horizon for a moment. */
  rung(): void;
  /** How long to wait after a look, in ms. */
  afterLook(found: boolean): number;
};

const firstMs = 2;
const growth = 4;
/** What was announced has mostly been read by then: a look that finds something needs no other at its heels. */
const afterFoundMs = 16;

/** Soon after an announcement that was followed by nothing, then ever less often, at least every `mostMs`. */
export const createLookPace = (mostMs: number): LookPace => {
  let lastMs = afterFoundMs;
  return {
    rung: () => {
      lastMs = firstMs / growth;
    },
    afterLook: (found) => {
      lastMs = found ? afterFoundMs : Math.min(lastMs * growth, mostMs);
      return lastMs;
    },
  };
};
