import type { ReactNode } from 'react';
import type { ExistingOrder } from '#domain/order/state.ts';
import { routeStops, stopReached } from '#domain/waybill/route.ts';
import { liveFulfillments, type Waybill } from '#domain/waybill/state.ts';
import { RouteLine, type RouteStop } from '../../_ui/route-line.tsx';
import { Time } from '../../_ui/time.tsx';

interface OrderRouteProps {
  readonly waybill: Waybill;
  readonly order: ExistingOrder;
  /** When each stop was reached. */
  readonly times: readonly (string | undefined)[];
  readonly cities: Readonly<Record<string, string>>;
}

/** Towns as people say them: "Porto", "Porto and Lyon", "Porto, Lyon and 2 more". */
const listed = (places: readonly string[]): string => {
  if (places.length <= 2) return places.join(' and ');
  if (places.length === 3) return `${places.slice(0, 2).join(', ')} and ${places[2]}`;
  return `${places.slice(0, 2).join(', ')} and ${places.length - 2} more`;
};

const pickedIn = (waybill: Waybill, cities: Readonly<Record<string, string>>): string => {
  const parcels = liveFulfillments(waybill);
  const { order } = waybill;
  const places = listed([...new Set(parcels.map(({ warehouse }) => cities[warehouse] ?? warehouse))]);
  const isHeld = order.status !== 'absent' && Object.keys(order.holds).length > 0;
  if (isHeld || parcels.some(({ status }) => status === 'on_hold')) return 'Waits: we are checking something';
  if (parcels.some(({ status }) => status === 'picking')) return `Being picked in ${places}`;
  return places === '' ? 'In the warehouse' : `In ${places}`;
};

const endWords = { canceled: 'Canceled', rejected: 'Not completed' } as const;

interface EndedRouteProps {
  readonly order: Extract<ExistingOrder, { status: 'canceled' | 'rejected' }>;
  readonly times: OrderRouteProps['times'];
  /** When it ended. */
  readonly endedAt: string | undefined;
}

/** How far an order had come before it came to nothing. No stop is planned beyond that. */
export const EndedRoute = ({ order, times, endedAt }: EndedRouteProps) => {
  const past = routeStops.flatMap((label, index): RouteStop[] => {
    const at = times[index];
    return at === undefined ? [] : [{ id: label, label, state: 'done', detail: <Time key="at" at={at} quiet /> }];
  });
  const end: RouteStop = {
    id: 'end',
    label: endWords[order.status],
    state: 'current',
    detail: endedAt && <Time key="at" at={endedAt} quiet />,
  };
  return <RouteLine label={`Way of ${order.orderNumber}`} stops={[...past, end]} className="mb-6 max-w-xl" />;
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
  const stops = routeStops.map((label, index): RouteStop => {
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
