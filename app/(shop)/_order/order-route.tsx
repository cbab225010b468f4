import type { ReactNode } from 'react';
import type { ExistingOrder } from '#domain/order/state.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';
import { RouteLine, type RouteStop } from '../../_ui/route-line.tsx';
import { Time } from '../../_ui/time.tsx';
import { stopReached } from './route-stops.ts';

interface OrderRouteProps {
  readonly waybill: Waybill;
  readonly order: ExistingOrder;
  /** When each stop was reached. */
  readonly times: readonly (string | undefined)[];
  readonly cities: Readonly<Record<string, string>>;
}

const pickedIn = (waybill: Waybill, cities: Readonly<Record<string, string>>): string => {
  const parcels = liveFulfillments(waybill);
  const places = [...new Set(parcels.map(({ warehouse }) => cities[warehouse] ?? warehouse))].join(' and ');
  if (parcels.some(({ status }) => status === 'on_hold')) return 'On hold';
  if (parcels.some(({ status }) => status === 'picking')) return `Being picked in ${places}`;
  return places === '' ? 'In the warehouse' : `In ${places}`;
};

/** Where the order is: placed, confirmed, picked, shipped, with you. What is to come is planned, in dashes. */
export const OrderRoute = ({ waybill, order, times, cities }: OrderRouteProps) => {
  const reached = stopReached(waybill);
  const { promise } = order;
  const planned: readonly ReactNode[] = [
    null,
    'In a moment',
    pickedIn(waybill, cities),
    <>
      By <Time key="ship" at={promise.shipBy} variant="promise" quiet />
    </>,
    <>
      By <Time key="there" at={promise.deliverBy} variant="promise" quiet />
    </>,
  ];
  const stops = ['Placed', 'Confirmed', 'Picked', 'Shipped', 'With you'].map((label, index): RouteStop => {
    const at = times[index];
    const state = index < reached ? 'done' : index === reached ? 'current' : 'planned';
    return {
      id: label,
      label,
      state,
      detail: index <= reached ? at && <Time key="at" at={at} quiet /> : planned[index],
    };
  });
  return <RouteLine label={`Delivery of ${order.orderNumber}`} stops={stops} />;
};
