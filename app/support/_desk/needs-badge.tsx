import { mostUrgentBadge } from '#domain/waybill/summary.ts';
import { MarkBadge, StatusBadge } from '../../_ui/status-badge.tsx';
import type { DeskOrder } from './desk-types.ts';

interface NeedsBadgeProps {
  readonly order: DeskOrder;
  /** "Cancelling": what is on its way. */
  readonly pending: string | undefined;
}

/** The one badge of a row: what a person must look at first. */
export const NeedsBadge = ({ order, pending }: NeedsBadgeProps) => {
  if (pending !== undefined) return <MarkBadge mark="pending">{pending}</MarkBadge>;
  const badge = mostUrgentBadge(order);
  switch (badge.axis) {
    case 'hold':
      return <MarkBadge mark="hold">{badge.reason}</MarkBadge>;
    case 'pending':
      return <MarkBadge mark="pending">Refund pending</MarkBadge>;
    case 'order':
      return <StatusBadge axis="order" state={badge.status} />;
    case 'payment':
      return <StatusBadge axis="payment" state={badge.status} />;
    case 'fulfillment':
      return <StatusBadge axis="fulfillment" state={badge.status} />;
  }
};
