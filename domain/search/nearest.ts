/** How many letters must change to make one word of another. */
export const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** Known words, those spelled most like `word` first; among equals in the order given. */
export const nearest = (word: string, known: readonly string[]): string[] => {
  const close = (candidate: string) =>
    candidate.startsWith(word) ||
    word.startsWith(candidate) ||
    distance(word, candidate) <= Math.max(2, word.length / 3);
  const near = known
    .filter(close)
    .map((candidate) => ({ candidate, away: distance(word, candidate) }))
    .toSorted((a, b) => a.away - b.away)
    .map(({ candidate }) => candidate);
  return [...near, ...known.filter((candidate) => !near.includes(candidate))];
};
