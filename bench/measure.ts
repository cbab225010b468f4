/** The middle of an odd number of values; the mean of the two in the middle otherwise. NaN of none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
};

/** The value that `share` (0 to 1) of the values don't pass. NaN of none. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
};

/** How often per second `clients` loops together get `once` done, over `durationMs`. */
export const rate = async (clients: number, durationMs: number, once: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  const end = started + durationMs;
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (performance.now() < end) {
        await once();
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - started);
};
