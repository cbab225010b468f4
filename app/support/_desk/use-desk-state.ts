'use client';

import { useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import type { OrderId } from '#domain/shared/ids.ts';
import { deskParams } from './desk-params.ts';

/** View, search and open order, kept in the address without asking the server for a page. */
export const useDeskState = () => {
  const [{ view, q, order }, set] = useQueryStates(deskParams);
  return {
    view,
    q,
    order,
    setView: useCallback((next: typeof view) => void set({ view: next }), [set]),
    setQ: useCallback((next: string) => void set({ q: next === '' ? null : next }), [set]),
    /** Opening an order is a step that Back undoes. */
    open: useCallback((orderId: OrderId | null) => void set({ order: orderId }, { history: 'push' }), [set]),
  };
};
