'use client';

import { useQueryStates } from 'nuqs';
import { useCallback, useEffect, useMemo } from 'react';
import type { DeskView, OrderSort } from '#domain/search/order-sorts.ts';
import { defaultSort } from '#domain/search/order-sorts.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import { deskParams } from './desk-params.ts';

/** What a list shows: all that a saved view keeps. */
export type ListState = { readonly view: DeskView; readonly q: string; readonly sort: OrderSort };

/** View, search, sort and open order, kept in the address without asking the server for a page. */
export const useDeskState = (ownSort: OrderSort) => {
  const [{ view, q, sort, order }, set] = useQueryStates(deskParams);
  useEffect(() => {
    // A link must show a colleague the same, whose own sort may be another.
    if (sort === null && ownSort !== defaultSort) void set({ sort: ownSort });
  }, [sort, ownSort, set]);
  const setView = useCallback((next: DeskView) => void set({ view: next }), [set]);
  const setQ = useCallback((next: string) => void set({ q: next === '' ? null : next }), [set]);
  const setSort = useCallback((next: OrderSort) => void set({ sort: next }), [set]);
  /** A step that Back undoes. */
  const show = useCallback(
    (next: ListState) =>
      void set({ view: next.view, q: next.q === '' ? null : next.q, sort: next.sort }, { history: 'push' }),
    [set],
  );
  /** Opening an order is a step that Back undoes. */
  const open = useCallback((orderId: OrderId | null) => void set({ order: orderId }, { history: 'push' }), [set]);
  const sorted = sort ?? ownSort;
  return useMemo(
    () => ({ view, q, sort: sorted, order, setView, setQ, setSort, show, open }),
    [view, q, sorted, order, setView, setQ, setSort, show, open],
  );
};
