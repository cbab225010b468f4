import type { ExistingFulfillment } from '#domain/fulfillment/state.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';
import { TrackingNumber } from '../../_ui/identifier.tsx';
import { StatusBadge } from '../../_ui/status-badge.tsx';

interface OrderParcelsProps {
  readonly waybill: Waybill;
  readonly order: ExistingOrder;
  readonly cities: Readonly<Record<string, string>>;
}

const contents = (parcel: ExistingFulfillment, order: ExistingOrder): string =>
  parcel.lines
    .map(
      ({ lineId, quantity }) => `${quantity} × ${order.lines.find((line) => line.lineId === lineId)?.name ?? 'item'}`,
    )
    .join(', ');

/** What travels together: where from, how far it is, and the carrier's number. */
export const OrderParcels = ({ waybill, order, cities }: OrderParcelsProps) => {
  const parcels = liveFulfillments(waybill);
  if (parcels.length === 0) return null;
  return (
    <section aria-label="Parcels" className="mt-10">
      <h2 className="text-section">{parcels.length === 1 ? 'Parcel' : `${parcels.length} parcels`}</h2>
      <ul className="mt-2 border-rule border-t">
        {parcels.map((parcel) => (
          <li key={parcel.fulfillmentId} className="border-rule border-b py-3">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <StatusBadge axis="fulfillment" state={parcel.status} />
              <span className="font-medium">From {cities[parcel.warehouse] ?? parcel.warehouse}</span>
              {'trackingNumber' in parcel && (
                <span className="flex flex-wrap items-center gap-x-2 text-muted sm:ml-auto">
                  {parcel.carrier} <TrackingNumber value={parcel.trackingNumber} />
                </span>
              )}
            </div>
            <p className="mt-1 break-words text-desk text-muted">{contents(parcel, order)}</p>
            {parcel.status === 'delivery_failed' && (
              <p className="mt-1 text-bad text-desk">The carrier could not deliver it: {parcel.failure}</p>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
};
