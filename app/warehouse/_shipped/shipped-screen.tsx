'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { useState } from 'react';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { Button } from '../../_ui/button.tsx';
import { LoadMore } from '../../_ui/load-more.tsx';
import { Select } from '../../_ui/select.tsx';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { ViewTabs } from '../../_ui/tabs.tsx';
import { chooseWarehouse, rememberWarehouse, type WarehouseOption } from '../_frame/warehouse-choice.ts';
import { FailedDialog } from './failed-dialog.tsx';
import { ShipmentRow } from './shipment-row.tsx';
import {
  type Shipment,
  type ShipmentView,
  shipmentParams,
  shipmentsInput,
  shipmentViews,
  shipmentViewWords,
} from './shipments-input.ts';
import { useDelivery } from './use-delivery.ts';

interface ShippedScreenProps {
  readonly warehouses: readonly WarehouseOption[];
  readonly remembered: string;
}

const emptyWords: Record<ShipmentView, string> = {
  in_transit: 'is on its way',
  failed: 'came back undelivered',
  delivered: 'has arrived yet',
};

/** What has left a warehouse, and what the carrier says of it. */
export const ShippedScreen = ({ warehouses, remembered }: ShippedScreenProps) => {
  const trpc = useTRPC();
  const [params, setParams] = useQueryStates(shipmentParams, { history: 'replace' });
  const warehouse = chooseWarehouse(warehouses, params.warehouse, remembered);
  const city = warehouses.find(({ code }) => code === warehouse)?.city ?? warehouse;
  const list = useInfiniteQuery(
    trpc.warehouse.shipments.list.infiniteQueryOptions(shipmentsInput(warehouse, params.view), {
      getNextPageParam: ({ next }) => next ?? undefined,
      placeholderData: keepPreviousData,
      refetchOnMount: 'always',
    }),
  );
  const { reports, report } = useDelivery();
  const [failing, setFailing] = useState<Shipment | null>(null);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="flex min-h-full flex-col">
      <header className="sticky top-0 z-10 border-rule border-b bg-page">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-rule border-b bg-copy px-gutter py-2">
          <h1 className="text-title max-sm:sr-only">Shipped</h1>
          <div className="w-full sm:w-56">
            <Select
              aria-label="Warehouse"
              value={warehouse}
              onValueChange={(code) => {
                rememberWarehouse(code);
                void setParams({ warehouse: code });
              }}
              options={warehouses.map(({ code, city: label }) => ({ value: code, label }))}
            />
          </div>
        </div>
        <div className="px-gutter py-1.5">
          <ViewTabs
            label="What has left"
            views={shipmentViews.map((id) => ({ id, label: shipmentViewWords[id] }))}
            value={params.view}
            onValueChange={(id) => void setParams({ view: id as ShipmentView })}
          />
        </div>
      </header>
      {list.isError && items.length === 0 ? (
        <ErrorState
          title="The list could not be read."
          onRetry={() => void list.refetch()}
          reference={referenceOf(list.error)}
        >
          {wordsOf(list.error)} Nothing was changed.
        </ErrorState>
      ) : list.isPending ? (
        <SkeletonRows count={8} what="shipments" />
      ) : items.length === 0 ? (
        <EmptyState
          title={`Nothing from ${city} ${emptyWords[params.view]}.`}
          action={
            <Button variant="primary" asChild>
              <Link href="/warehouse">Go to the queue</Link>
            </Button>
          }
        />
      ) : (
        <>
          <ul aria-label={`${shipmentViewWords[params.view]}, ${city}`} aria-busy={list.isPlaceholderData}>
            {items.map((shipment) => (
              <ShipmentRow
                key={shipment.fulfillmentId}
                shipment={shipment}
                report={reports[shipment.fulfillmentId]}
                onReport={(delivery, again) => void report(shipment, delivery, again)}
                onFailed={() => setFailing(shipment)}
              />
            ))}
          </ul>
          <LoadMore
            shown={items.length}
            what="shipments"
            hasMore={list.hasNextPage}
            busy={list.isFetchingNextPage}
            onMore={() => void list.fetchNextPage()}
          />
        </>
      )}
      {failing && (
        <FailedDialog
          shipment={failing}
          onOpenChange={(open) => {
            if (!open) setFailing(null);
          }}
          onReport={(reason) => {
            setFailing(null);
            void report(failing, { type: 'failed', reason });
          }}
        />
      )}
    </div>
  );
};
