import Link from 'next/link';
import { Button } from '../../_ui/button.tsx';
import { OrderNumber, TrackingNumber } from '../../_ui/identifier.tsx';
import { pendingEdge, Refused } from '../../_ui/pending.tsx';
import { MarkBadge, StatusBadge } from '../../_ui/status-badge.tsx';
import { Time } from '../../_ui/time.tsx';
import type { Shipment } from './shipments-input.ts';
import type { Delivery, Report } from './use-delivery.ts';

interface ShipmentRowProps {
  readonly shipment: Shipment;
  readonly report: Report | undefined;
  readonly onReport: (delivery: Delivery, again?: Report) => void;
  /** Asks for the reason first. */
  readonly onFailed: () => void;
}

/** One shipment: where it goes, with whom, and what the carrier says. */
export const ShipmentRow = ({ shipment, report, onReport, onFailed }: ShipmentRowProps) => {
  const isPending = report?.phase === 'pending';
  const canReport = shipment.status === 'shipped' || shipment.status === 'delivery_failed';
  return (
    <li
      className={`${pendingEdge(isPending)} grid min-h-row grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-1 border-rule border-b bg-sheet py-2 pr-gutter pl-3.5 [contain-intrinsic-size:auto_65px] [content-visibility:auto] lg:grid-cols-[8.5rem_minmax(0,1fr)_minmax(0,17rem)_8rem_8.5rem_21rem]`}
    >
      <Link
        href={`/warehouse/fulfillments/${shipment.fulfillmentId}`}
        className="rounded-badge font-medium hover:underline"
      >
        <OrderNumber value={shipment.orderNumber} copy="never" />
      </Link>
      <span className="truncate max-lg:order-3 max-lg:col-span-2 max-lg:text-admin">
        {shipment.customerName ?? 'erased'}, {shipment.city}
      </span>
      <span className="flex min-w-0 flex-wrap items-baseline gap-x-2 text-admin max-lg:order-4 max-lg:col-span-2">
        <span className="text-muted">{shipment.carrier}</span>
        {shipment.trackingNumber && <TrackingNumber value={shipment.trackingNumber} />}
      </span>
      <span className="text-admin text-muted max-lg:order-5">
        <Time at={shipment.deliveredAt ?? shipment.shippedAt} quiet />
      </span>
      <span className="max-lg:order-2 max-lg:justify-self-end">
        {isPending ? (
          <MarkBadge mark="pending">{report.delivery.type === 'delivered' ? 'Delivered' : 'Delivery failed'}</MarkBadge>
        ) : (
          <StatusBadge axis="fulfillment" state={shipment.status} />
        )}
      </span>
      <span className="flex justify-end gap-2 max-lg:order-6 max-lg:col-span-2 max-lg:justify-start">
        {canReport && (
          <>
            {shipment.status === 'shipped' && (
              <Button
                size="sm"
                busy={isPending}
                aria-label={`Delivery failed: ${shipment.orderNumber}`}
                onClick={onFailed}
              >
                Delivery failed
              </Button>
            )}
            <Button
              size="sm"
              busy={isPending}
              aria-label={`Delivered: ${shipment.orderNumber}`}
              onClick={() => onReport({ type: 'delivered' })}
            >
              Delivered
            </Button>
          </>
        )}
      </span>
      {report?.phase === 'refused' && (
        <Refused
          className="order-7 col-span-full"
          reason={report.words}
          onRetry={() => onReport(report.delivery, report)}
        />
      )}
    </li>
  );
};
