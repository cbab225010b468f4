import { erased } from '#domain/shared/personal.ts';
import type { Waybill } from '#domain/waybill/state.ts';

/**
 * An order's state as the floor may see it: where it goes, but neither the customer's mail and phone nor the money's
 * ways nor what support has noted. All that decides a step in the warehouse is there.
 */
export const floorWaybill = (waybill: Waybill): Waybill => {
  const { order, fulfillments, versions } = waybill;
  if (order.status === 'absent') return { order, payments: {}, fulfillments, versions };
  const paymentMethod = { ...order.paymentMethod, token: null, last4: null };
  return { order: { ...order, contact: erased, notes: [], paymentMethod }, payments: {}, fulfillments, versions };
};
