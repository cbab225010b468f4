import type { LineId, OrderId } from '#domain/shared/ids.ts';

/** The line by which something that came back is sent again. `nth` counts a return's lines from 1. */
export const replacementLineId = (orderId: OrderId, returnId: string, nth: number): LineId =>
  `${orderId}:x${nth}:${returnId}` as LineId;

export const isReplacementFor = (returnId: string, lineId: string): boolean => lineId.endsWith(`:${returnId}`);
