'use client';

import { useState } from 'react';
import type { ExistingFulfillment } from '#domain/fulfillment/state.ts';
import type { ExistingOrder } from '#domain/order/state.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';
import { Button } from '../../_ui/button.tsx';
import { TrackingNumber } from '../../_ui/identifier.tsx';
import { StatusBadge } from '../../_ui/status-badge.tsx';
import { Time } from '../../_ui/time.tsx';
import type { Entry } from './route-stops.ts';

interface OrderParcelsProps {
  readonly waybill: Waybill;
  readonly order: ExistingOrder;
  readonly cities: Readonly<Record<string, string>>;
  /** The newest first. */
  readonly entries: readonly Entry[];
}

const shownAtFirst = 4;
/** Items of one parcel that are named before the rest is counted. */
const namedMost = 5;

const contents = (parcel: ExistingFulfillment, order: ExistingOrder): string => {
  const names = new Map(order.lines.map(({ lineId, name }) => [lineId, name]));
  const items = parcel.lines.flatMap(({ lineId, quantity, name }) => {
    const left = quantity - (parcel.missing[lineId] ?? 0);
    return left > 0 ? [`${left} × ${names.get(lineId) ?? name}`] : [];
  });
  const rest = items.length - namedMost;
  return rest > 0 ? `${items.slice(0, namedMost).join(', ')} and ${rest} more` : items.join(', ');
};

/** What was last heard of a parcel on its way, and when. */
const lastHeard = (parcel: ExistingFulfillment, entries: readonly Entry[]) => {
  for (const { event, occurredAt } of entries) {
    if (!('fulfillmentId' in event) || event.fulfillmentId !== parcel.fulfillmentId) continue;
    if (event.type === 'TrackingUpdated') return { words: event.status, at: occurredAt };
    if (event.type === 'FulfillmentDelivered') return { words: 'Delivered', at: occurredAt };
    if (event.type === 'FulfillmentShipped') return { words: 'Handed to the carrier', at: occurredAt };
    if (event.type === 'FulfillmentPacked') return { words: 'Packed', at: occurredAt };
    if (event.type === 'PickingStarted') return { words: 'Picking began', at: occurredAt };
  }
  return null;
};

interface ParcelProps extends OrderParcelsProps {
  readonly parcel: ExistingFulfillment;
}

const Parcel = ({ parcel, order, cities, entries }: ParcelProps) => {
  const heard = lastHeard(parcel, entries);
  return (
    <li className="border-rule border-b py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <StatusBadge axis="fulfillment" state={parcel.status} />
        <span className="font-medium">From {cities[parcel.warehouse] ?? parcel.warehouse}</span>
        {'trackingNumber' in parcel && (
          <span className="flex min-w-0 flex-wrap items-center gap-x-2 text-muted sm:ml-auto">
            {parcel.carrier} <TrackingNumber value={parcel.trackingNumber} copy="always" />
          </span>
        )}
      </div>
      <p className="mt-1 break-words text-desk text-muted">{contents(parcel, order)}</p>
      {heard && (
        <p className="mt-1 break-words text-desk text-muted">
          {heard.words}, <Time at={heard.at} quiet />
        </p>
      )}
      {parcel.status === 'delivery_failed' && (
        <p className="mt-1 text-bad text-desk">
          The carrier could not deliver it: {parcel.failure}. We are looking into it.
        </p>
      )}
    </li>
  );
};

/** What travels together: where from, how far it is, and the carrier's number. */
export const OrderParcels = (props: OrderParcelsProps) => {
  const [all, setAll] = useState(false);
  const parcels = liveFulfillments(props.waybill);
  if (parcels.length === 0) return null;
  return (
    <section aria-label="Parcels" className="mt-10">
      <h2 className="text-section">{parcels.length === 1 ? 'Parcel' : `${parcels.length} parcels`}</h2>
      <ul className="mt-2 border-rule border-t">
        {(all ? parcels : parcels.slice(0, shownAtFirst)).map((parcel) => (
          <Parcel key={parcel.fulfillmentId} {...props} parcel={parcel} />
        ))}
      </ul>
      {parcels.length > shownAtFirst && (
        <Button variant="link" aria-expanded={all} onClick={() => setAll(!all)} className="mt-2">
          {all ? 'The first only' : `All ${parcels.length} parcels`}
        </Button>
      )}
    </section>
  );
};
