import type { inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '#server/api/router.ts';

export type WarehouseName = inferRouterOutputs<AppRouter>['admin']['warehouses'][number];
