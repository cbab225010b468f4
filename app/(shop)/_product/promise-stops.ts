import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { formatClock, formatDate } from '../../_ui/format.ts';
import type { RouteStop } from '../../_ui/route-line.tsx';

type Quote = RouterOutputs['shop']['quote'];
export type Delivery = {
  readonly promise: Quote['methods'][number]['promise'];
  readonly from: NonNullable<Quote['shipsFrom']>;
};

/** The standard way to the buyer's country; null where we don't send to. */
export const standardDelivery = ({ methods, shipsFrom }: Quote): Delivery | null => {
  const method = methods.find(({ code }) => code === 'standard') ?? methods[0];
  return method && shipsFrom ? { promise: method.promise, from: shipsFrom } : null;
};

/** What the cheapest way of shipping costs, minor units; null where we don't send to. */
export const cheapestShipping = ({ methods }: Quote): number | null =>
  methods.length === 0 ? null : Math.min(...methods.map(({ priceMinor }) => priceMinor));

/** "Tue 24 Nov" as the warehouse's calendar has it; "today" for today. */
export const promiseDay = (at: string, zone: string, nowMs: number): string => {
  const day = formatDate(Date.parse(at), zone, true);
  return day === formatDate(nowMs, zone, true) ? 'today' : day;
};

/** The way of an order that is placed now, as the stops of its route line. `liesThere`: it is picked in that city. */
export const promiseStops = ({ promise, from }: Delivery, nowMs: number, liesThere = true): readonly RouteStop[] => {
  const zone = from.timeZone;
  const leaves = promiseDay(promise.shipBy, zone, nowMs);
  const cutoff = formatClock(Date.parse(promise.shipBy), zone);
  const leavesToday = leaves === 'today';
  const short = leavesToday ? leaves : leaves.slice(0, 3);
  return [
    {
      id: 'order',
      state: 'current',
      label: leavesToday ? 'Order today' : 'Order now',
      detail: `before ${leavesToday ? '' : `${short} `}${cutoff}`,
    },
    { id: 'picked', state: 'planned', label: 'Picked', detail: liesThere ? `${short}, ${from.city}` : leaves },
    { id: 'shipped', state: 'planned', label: 'Shipped', detail: leaves },
    { id: 'there', state: 'planned', label: 'With you', detail: promiseDay(promise.deliverBy, zone, nowMs) },
  ];
};
