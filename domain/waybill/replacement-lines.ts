import type { LineId, OrderId } from '../shared/ids.ts';

/** The line by which something that came back is sent again. `nth` counts a return's accepted lines from 1. */
export const replacementLineId = (orderId: OrderId, returnId: string, nth: number): LineId =>
  `${orderId}:x${nth}:${returnId}` as LineId;

/** What a line sends again; null for one that was bought. */
export const replacementOf = (lineId: LineId): { readonly returnId: string; readonly nth: number } | null => {
  const [, nth, returnId] = /:x(\d+):([^:]+)$/.exec(lineId) ?? [];
  return returnId === undefined ? null : { returnId, nth: Number(nth) };
};
