import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { WarehouseCode } from '#domain/shared/ids.ts';
import type { AppRouter } from '#server/api/router.ts';

type Input = inferRouterInputs<AppRouter>['warehouse']['queue']['list'];
export type QueueItem = inferRouterOutputs<AppRouter>['warehouse']['queue']['list']['items'][number];
export type QueueView = NonNullable<Input['view']>;

/** In the order of their tabs. */
export const queueViews = [
  'all',
  'late',
  'at_risk',
  'ready',
  'picking',
  'packed',
  'held',
] as const satisfies QueueView[];

export const viewWords: Record<QueueView, string> = {
  all: 'All',
  late: 'Late',
  at_risk: 'At risk',
  ready: 'Ready',
  picking: 'Picking',
  packed: 'Packed',
  held: 'Holds',
};

/** The same for page and browser, so that the prefetched list is found. */
export const queueInput = (warehouse: string, view: QueueView, text: string) => ({
  warehouse: warehouse as WarehouseCode,
  view,
  text: text.trim() === '' ? null : text.trim().slice(0, 100),
});
