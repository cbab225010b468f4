'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTRPC } from '../_trpc/trpc.ts';
import type { FoundProduct } from './product-search.tsx';

const shownMost = 6;

/** How long what the catalog answered counts as fresh, in milliseconds. */
export const freshMs = 30_000;

/** The catalog's question for what was typed. */
export const productsOf = (text: string) => ({ text, limit: shownMost });

/** Its identity counts: the same text may be asked for twice running. */
interface Asked {
  readonly text: string;
}

/**
 * For who types fast, or scans: what was asked for by Enter before the list had answered it is looked up in the
 * background, one after another in the order of asking, and handed to `onFound`. Until then the box is free for the next.
 * The first of the two is what to say of it, '' for nothing; the second asks for the best that is left of a text.
 */
export const useSought = (onFound: (product: FoundProduct) => void): [string, (text: string) => void] => {
  const trpc = useTRPC();
  const [waiting, setWaiting] = useState<readonly Asked[]>([]);
  const [missed, setMissed] = useState('');
  const [head] = waiting;
  const text = head?.text ?? '';
  const { data, error } = useQuery(
    trpc.shop.catalog.list.queryOptions(productsOf(text), { enabled: text !== '', staleTime: freshMs }),
  );
  const answered = data !== undefined || error !== null ? head : undefined;
  const take = useEffectEvent(() => {
    const product = data?.items.find(({ available }) => (available ?? 0) > 0);
    setWaiting((asked) => asked.slice(1));
    if (product) onFound(product);
    if (product) return setMissed('');
    if (!data) return setMissed(`“${text}” was not added: the catalog could not be read.`);
    setMissed(`“${text}” was not added: ${data.items.length > 0 ? 'sold out' : 'nothing on sale is called so'}.`);
  });
  useEffect(() => {
    if (answered) take();
  }, [answered]);
  const looking = text && `Looking for “${text}”…`;
  return [looking || missed, (asked) => setWaiting((others) => [...others, { text: asked }])];
};
