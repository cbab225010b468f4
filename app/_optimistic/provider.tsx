'use client';

import { createContext, type ReactNode, useContext, useState, useSyncExternalStore } from 'react';
import { conflictOf, referenceOf, rejectionOf, wordsOf } from '../_trpc/api-error.ts';
import { createOverlayStore, type Explain, type OverlayStore } from './overlay-store.ts';

const explain: Explain = (error) => {
  const words = wordsOf(error);
  const conflict = conflictOf(error);
  if (conflict) return { kind: 'conflict', words, events: conflict.events };
  if (rejectionOf(error)) return { kind: 'rejected', words };
  return { kind: 'failed', words, reference: referenceOf(error) };
};

const StoreContext = createContext<OverlayStore | null>(null);

/** Keeps the predictions of all orders, so that a list and a page show the same. */
export const OptimisticProvider = ({ children }: { readonly children: ReactNode }) => {
  const [store] = useState(() => createOverlayStore(explain));
  return <StoreContext value={store}>{children}</StoreContext>;
};

export const useOverlayStore = (): OverlayStore => {
  const store = useContext(StoreContext);
  if (!store) throw new Error('useOverlayStore needs OptimisticProvider above it');
  return store;
};

/** How many changes no row shows yet: "Syncing 2 changes" in the strip. */
export const usePendingCount = (): number => {
  const store = useOverlayStore();
  return useSyncExternalStore(store.subscribe, store.pendingCount, () => 0);
};
