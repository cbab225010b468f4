import { analytics } from './analytics.ts';
import type { Projection } from './define-projection.ts';
import { fulfillmentQueue } from './fulfillment-queue.ts';
import { inventoryView } from './inventory-view.ts';
import { orderHistory } from './order-history.ts';
import { orderSearch } from './order-search.ts';
import { orderStatus } from './order-status.ts';

/** Every read model, in the order in which screens list them. */
export const projections = [
  orderStatus, // the customer's list and detail, the order page
  orderSearch, // the desk's list and search
  fulfillmentQueue, // the warehouse, the admin's dashboard
  inventoryView, // stock by SKU and warehouse
  analytics, // sums by day
  orderHistory, // audit, timelines
] as const satisfies readonly Projection[];

/** What a query declares that it reads. */
export type ProjectionName = (typeof projections)[number]['name'];

export const projectionNamed = (name: string): Projection => {
  const found = projections.find((projection) => projection.name === name);
  if (!found) throw new Error(`No projection is called ${name}`);
  return found;
};
