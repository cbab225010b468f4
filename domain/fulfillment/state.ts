import type { Disposition, ReturnedLine } from '../order/return-events.ts';
import type { FulfillmentEvent } from './events.ts';

/** Raise it when `evolve` folds to another state. */
export const fulfillmentFoldVersion = 2;

export type FulfillmentBody = Omit<Extract<FulfillmentEvent, { type: 'FulfillmentCreated' }>, 'type'> & {
  /** By line id: how many are in the tote. */
  readonly picked: Readonly<Record<string, number>>;
  /** By line id: how many were not in the bin. */
  readonly missing: Readonly<Record<string, number>>;
  /** By return id: what came back of it. */
  readonly returns: Readonly<Record<string, ReturnedGoods>>;
};
export type ReturnedGoods = {
  readonly received: readonly ReturnedLine[];
  /** Null until somebody has looked at them. */
  readonly inspected: readonly (ReturnedLine & { readonly disposition: Disposition })[] | null;
};
type Parcels = Extract<FulfillmentEvent, { type: 'FulfillmentPacked' }>['packages'];
type Shipment = { readonly carrier: string; readonly trackingNumber: string };

export type ExistingFulfillment = FulfillmentBody &
  (
    | { readonly status: 'open' }
    | { readonly status: 'on_hold'; readonly holdReason: string }
    | { readonly status: 'picking'; readonly picker: string }
    | { readonly status: 'packed'; readonly packages: Parcels }
    | ({ readonly status: 'shipped' | 'delivered' } & Shipment)
    | ({ readonly status: 'delivery_failed'; readonly failure: string } & Shipment)
    | { readonly status: 'canceled'; readonly cancelReason: string }
  );

export type Fulfillment = { readonly status: 'absent' } | ExistingFulfillment;
export type FulfillmentStatus = ExistingFulfillment['status'];
export const absentFulfillment: Fulfillment = { status: 'absent' };

/** How many of a line are neither picked nor reported missing. */
export const leftToPick = (fulfillment: ExistingFulfillment, lineId: string): number => {
  const line = fulfillment.lines.find((candidate) => candidate.lineId === lineId);
  return (line?.quantity ?? 0) - (fulfillment.picked[lineId] ?? 0) - (fulfillment.missing[lineId] ?? 0);
};
