import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { WarehouseCode } from '#domain/shared/ids.ts';
import type { AppRouter } from '#server/api/router.ts';

export type Shipment = inferRouterOutputs<AppRouter>['warehouse']['shipments']['list']['items'][number];
export type ShipmentView = NonNullable<inferRouterInputs<AppRouter>['warehouse']['shipments']['list']['view']>;

export const shipmentViews = ['in_transit', 'failed', 'delivered'] as const satisfies ShipmentView[];
export const shipmentViewWords: Record<ShipmentView, string> = {
  in_transit: 'In transit',
  failed: 'Delivery failed',
  delivered: 'Delivered',
};

/** What the address says of the list. */
export const shipmentParams = {
  warehouse: parseAsString,
  view: parseAsStringLiteral(shipmentViews).withDefault('in_transit'),
};

/** The same for page and browser, so that the prefetched list is found. */
export const shipmentsInput = (warehouse: string, view: ShipmentView) => ({
  warehouse: warehouse as WarehouseCode,
  view,
});
