'use client';

import { useCallback, useMemo, useState } from 'react';
import { announce } from '../../_ui/announce.tsx';
import { formatCount } from '../../_ui/format.ts';
import type { DeskOrder } from '../_desk/desk-types.ts';

const countWords = (count: number): string =>
  count === 0 ? 'Nothing selected' : `${formatCount(count)} ${count === 1 ? 'order' : 'orders'} selected`;

/**
 * The orders that are selected. They stay so while the list pages, is searched or changes under the agent; of each the
 * newest line is kept, of those that the list no longer shows the last that was seen.
 */
export const useSelection = (rows: readonly DeskOrder[], onCleared: () => void) => {
  const [kept, setKept] = useState<ReadonlyMap<string, DeskOrder>>(new Map());
  const orders = useMemo(() => {
    if (kept.size === 0) return [];
    const newest = new Map(rows.map((row) => [row.orderId, row]));
    return [...kept.values()].map((order) => newest.get(order.orderId) ?? order);
  }, [kept, rows]);
  const selected = useMemo(() => new Set(kept.keys()), [kept]);
  const onChange = useCallback(
    (next: ReadonlySet<string>) => {
      const byId = new Map([...orders, ...rows].map((order) => [order.orderId, order]));
      setKept(
        new Map([...next].flatMap((orderId) => (byId.has(orderId) ? [[orderId, byId.get(orderId)]] : []))) as never,
      );
      announce(countWords(next.size));
    },
    [orders, rows],
  );
  const clear = () => {
    setKept(new Map());
    announce(countWords(0));
    onCleared();
  };
  const shown = useMemo(() => rows.filter(({ orderId }) => kept.has(orderId)).length, [rows, kept]);
  return { orders, selected, onChange, clear, hidden: kept.size - shown };
};

export type DeskSelection = ReturnType<typeof useSelection>;
