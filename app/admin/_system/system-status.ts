import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/router.ts';

export type SystemStatus = inferRouterOutputs<AppRouter>['admin']['system']['status'];
export type Consumer = SystemStatus['consumers'][number];
export type Rebuild = SystemStatus['rebuilds'][number];
export type ParkedKey = SystemStatus['parked'][number];

const ended: ReadonlySet<Rebuild['state']> = new Set(['done', 'canceled', 'failed']);
export const isRunning = (rebuild: Rebuild): boolean => !ended.has(rebuild.state);

/** How far a reader is on the line from 0 to the head: 0 to 1. The store's order is not the positions', but close. */
export const shareOf = (consumer: Pick<Consumer, 'position' | 'lagEvents'>, headPosition: number): number =>
  consumer.lagEvents === 0 || headPosition === 0 ? 1 : Math.min(0.995, consumer.position / headPosition);

export const consumerWords: Readonly<Record<string, { readonly name: string; readonly detail: string }>> = {
  order_status: { name: 'Order status', detail: 'the customer’s orders, the order page' },
  order_search: { name: 'Order search', detail: 'the desk’s list and search' },
  fulfillment_queue: { name: 'Fulfillment queue', detail: 'the warehouses, this dashboard' },
  inventory_view: { name: 'Inventory', detail: 'stock by SKU and warehouse' },
  analytics: { name: 'Analytics', detail: 'sums by day' },
  order_history: { name: 'Order history', detail: 'audit, timelines, ledgers' },
  processes: { name: 'Processes', detail: 'checkout, shipping, cancellation' },
};

export const rebuildWords: Readonly<Record<Rebuild['state'], string>> = {
  requested: 'Waiting for a worker',
  scanning: 'Reading events',
  catching_up: 'Catching up',
  swapping: 'Taking over',
  done: 'Done',
  canceled: 'Canceled',
  failed: 'Failed',
};
