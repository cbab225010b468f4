import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { parseAsString, parseAsStringLiteral } from 'nuqs/server';
import type { WarehouseCode } from '#domain/shared/ids.ts';
import type { AppRouter } from '#server/api/router.ts';

export type FloorReturn = inferRouterOutputs<AppRouter>['warehouse']['returns']['list']['items'][number];
export type ReturnView = NonNullable<inferRouterInputs<AppRouter>['warehouse']['returns']['list']['view']>;

/** What can be worked on now comes first. */
export const returnViews = ['received', 'expected'] as const satisfies ReturnView[];
export const returnViewWords: Record<ReturnView, string> = {
  received: 'To inspect',
  expected: 'On their way',
};

/** What the address says of the list. */
export const returnParams = {
  warehouse: parseAsString,
  view: parseAsStringLiteral(returnViews).withDefault('received'),
};

/** The same for page and browser, so that the prefetched list is found. */
export const returnsInput = (warehouse: string, view: ReturnView) => ({
  warehouse: warehouse as WarehouseCode,
  view,
});

export const returnHref = ({ fulfillmentId, returnId }: Pick<FloorReturn, 'fulfillmentId' | 'returnId'>): string =>
  `/warehouse/fulfillments/${fulfillmentId}/returns/${returnId}`;
