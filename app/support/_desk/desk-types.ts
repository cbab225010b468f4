import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/router.ts';

type Outputs = inferRouterOutputs<AppRouter>['support'];

export type OrderSearchPage = Outputs['orders']['search'];
export type DeskOrder = OrderSearchPage['items'][number];
export type OrderDetail = NonNullable<Outputs['order']['get']>;
export type OrderHistory = Outputs['order']['history'];
export type SavedView = Outputs['views']['list'][number];
export type DeskPreferences = Outputs['preferences']['get'];
