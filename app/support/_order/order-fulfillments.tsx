import { sum } from '#domain/shared/money.ts';
import { TrackingNumber } from '../../_ui/identifier.tsx';
import { fulfillmentLooks } from '../../_ui/status.ts';
import { MarkBadge, StatusBadge } from '../../_ui/status-badge.tsx';
import type { OrderPartProps } from './order-part.ts';
import { Section } from './section.tsx';

/** Where the goods are, parcel by parcel. */
export const OrderFulfillments = ({ waybill, recorded, format }: OrderPartProps) => {
  const fulfillments = Object.values(waybill.fulfillments).toSorted((a, b) =>
    a.fulfillmentId < b.fulfillmentId ? -1 : 1,
  );
  if (fulfillments.length === 0) return null;
  return (
    <Section title="Fulfillments" lead={fulfillments.length}>
      <ul>
        {fulfillments.map((fulfillment) => {
          const { fulfillmentId, warehouse, lines, sourcing, status } = fulfillment;
          const pending = recorded.fulfillments[fulfillmentId]?.status !== status;
          const units = sum(lines.map(({ quantity }) => quantity));
          return (
            <li key={fulfillmentId} className="flex flex-wrap items-center gap-x-3 gap-y-1 border-rule border-b py-2">
              {pending ? (
                <MarkBadge mark="pending">{fulfillmentLooks[status].word}</MarkBadge>
              ) : (
                <StatusBadge axis="fulfillment" state={status} />
              )}
              <span className="font-medium">{format.warehouse(warehouse)}</span>
              <span className="text-muted">
                {units} {units === 1 ? 'item' : 'items'}
                {sourcing === '' ? '' : `, ${sourcing}`}
              </span>
              {'trackingNumber' in fulfillment && (
                <span className="ml-auto flex items-center gap-1.5">
                  <span className="text-muted">{fulfillment.carrier}</span>
                  <TrackingNumber value={fulfillment.trackingNumber} />
                </span>
              )}
              {status === 'on_hold' && <span className="w-full text-hold">Held: {fulfillment.holdReason}</span>}
              {status === 'delivery_failed' && <span className="w-full text-bad">Failed: {fulfillment.failure}</span>}
              {status === 'canceled' && <span className="w-full text-muted">Canceled: {fulfillment.cancelReason}</span>}
            </li>
          );
        })}
      </ul>
    </Section>
  );
};
