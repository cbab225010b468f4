import { returnsOf, type WaybillReturn } from '#domain/waybill/returns.ts';
import { notify } from '../../_ui/toast.tsx';
import type { OrderPartProps } from '../_order/order-part.ts';

/** The return that waits longest for an answer. */
export const unanswered = ({ waybill }: Pick<OrderPartProps, 'waybill'>): WaybillReturn | undefined =>
  returnsOf(waybill).find(({ status }) => status === 'requested');

export const approveReturn = (desk: OrderPartProps['desk'], { returnId }: WaybillReturn): void => {
  const ran = desk.approveReturn(returnId);
  if (!ran.ok) notify('The return was not approved.', { detail: ran.words });
};
