/** Two streams as one, each item as it comes. Ends or throws with the first that does; the other is then closed. */
export async function* merged<A, B>(a: AsyncGenerator<A>, b: AsyncGenerator<B>): AsyncGenerator<A | B> {
  const read = <Item>(stream: AsyncGenerator<Item>, again: () => void) => {
    const next = stream.next().then((result) => ({ result, again }));
    // Whoever reads may be slow: a failure that comes meanwhile is thrown when they ask again.
    next.catch(() => undefined);
    return next;
  };
  const readA = () => {
    nextA = read(a, readA);
  };
  const readB = () => {
    nextB = read(b, readB);
  };
  let nextA = read(a, readA);
  let nextB = read(b, readB);
  try {
    for (;;) {
      const { result, again } = await Promise.race([nextA, nextB]);
      if (result.done) return;
      yield result.value;
      again();
    }
  } finally {
    // Their last reads may still be under way; nobody waits for them any more.
    for (const stream of [a, b]) void stream.return(undefined).catch(() => undefined);
  }
}
