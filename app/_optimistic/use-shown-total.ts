'use client';

import { useCallback, useEffect, useRef } from 'react';
import { amended } from '#domain/order/amend.ts';
import type { Amendment } from '#domain/order/amendment-events.ts';
import type { Waybill } from '#domain/waybill/state.ts';

/**
 * What an order would come to with an amendment, as it is on the screen when this is called: what is reapplied is agreed
 * to beside what the other has changed. Null while the order is not there.
 */
export const useShownTotal = (waybill: Waybill | undefined): ((amendment: Amendment) => number | null) => {
  const latest = useRef(waybill);
  useEffect(() => {
    latest.current = waybill;
  });
  return useCallback((amendment) => {
    const order = latest.current?.order;
    return order && order.status !== 'absent' ? amended(order, amendment).totals.grandTotalMinor : null;
  }, []);
};
