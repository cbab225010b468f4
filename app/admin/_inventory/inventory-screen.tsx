'use client';

import { Search } from 'lucide-react';
import { debounce, useQueryStates } from 'nuqs';
import { useMemo, useRef, useState } from 'react';
import { referenceOf, wordsOf } from '../../_trpc/api-error.ts';
import { Button } from '../../_ui/button.tsx';
import { DataTable } from '../../_ui/data-table.tsx';
import { Input } from '../../_ui/input.tsx';
import { Kbd } from '../../_ui/kbd.tsx';
import { useShortcuts } from '../../_ui/keys.ts';
import { Select } from '../../_ui/select.tsx';
import { SkeletonRows } from '../../_ui/skeleton.tsx';
import { EmptyState, ErrorState } from '../../_ui/states.tsx';
import { ViewTabs } from '../../_ui/tabs.tsx';
import { useWarehouseNames } from '../_frame/use-warehouse-names.ts';
import { useWide } from '../_frame/use-wide.ts';
import { inventoryColumns } from './inventory-columns.tsx';
import { inventoryParsers } from './inventory-params.ts';
import { type StockPlace, StockSheet } from './stock-sheet.tsx';
import { useInventory } from './use-inventory.ts';

const everywhere = 'all';
const typingMs = 150;

/** Stock by SKU: any number opens the events that made it. */
export const InventoryScreen = () => {
  const [params, setParams] = useQueryStates(inventoryParsers, { history: 'replace', clearOnDefault: true });
  const [open, setOpen] = useState<(StockPlace & { readonly sku: string }) | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const inventory = useInventory(params);
  const { warehouses } = useWarehouseNames();
  const wide = useWide();
  const known = warehouses.find(({ code }) => code === params.warehouse)?.code ?? null;
  const columns = useMemo(
    () =>
      inventoryColumns({
        warehouse: known,
        warehouses,
        wide,
        onOpen: (item, place) => setOpen({ sku: item.sku, ...place }),
      }),
    [known, warehouses, wide],
  );
  useShortcuts({ '/': () => search.current?.focus() });
  const clear = () => void setParams({ q: '', low: false });
  const { rows, counts } = inventory;
  const placeholder = inventory.isPending ? (
    <SkeletonRows count={10} what="stock" />
  ) : inventory.isError ? (
    <ErrorState
      title="The stock could not be read."
      onRetry={() => void inventory.refetch()}
      reference={referenceOf(inventory.error)}
    >
      {wordsOf(inventory.error)} Nothing was changed.
    </ErrorState>
  ) : params.q !== '' || params.low ? (
    <EmptyState
      title={params.q === '' ? 'No stock is low.' : `Nothing in stock matches “${params.q}”.`}
      action={<Button onClick={clear}>Show all stock</Button>}
    />
  ) : (
    <EmptyState title="The catalog is empty.">Stock appears here with the first product.</EmptyState>
  );
  return (
    <div className="flex h-full min-h-[420px] flex-col">
      <h1 className="sr-only">Inventory</h1>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
        <div className="w-full sm:w-80">
          <Input
            ref={search}
            type="search"
            aria-label="Search stock by product or SKU"
            placeholder="Product or SKU"
            maxLength={80}
            lead={<Search aria-hidden="true" />}
            trail={<Kbd>/</Kbd>}
            value={params.q}
            onChange={(event) => void setParams({ q: event.target.value }, { limitUrlUpdates: debounce(typingMs) })}
          />
        </div>
        <Select
          aria-label="Warehouse"
          className="w-44"
          value={known ?? everywhere}
          onValueChange={(value) => void setParams({ warehouse: value === everywhere ? null : value })}
          options={[
            { value: everywhere, label: 'All warehouses' },
            ...warehouses.map(({ code, city }) => ({ value: code, label: city })),
          ]}
        />
        <span className="sm:ml-auto">
          <ViewTabs
            label="Stock"
            views={[
              { id: 'all', label: 'All stock', ...(counts ? { count: counts.all } : {}) },
              { id: 'low', label: 'Low', ...(counts ? { count: counts.low } : {}) },
            ]}
            value={params.low ? 'low' : 'all'}
            onValueChange={(view) => void setParams({ low: view === 'low' })}
          />
        </span>
      </div>
      <div className="min-h-0 flex-1">
        <DataTable
          className="border-rule border-t"
          label="Stock by SKU"
          columns={columns}
          rows={rows}
          rowKey={(item) => item.sku}
          activeKey={open?.sku}
          onOpen={(item) => setOpen({ sku: item.sku, measure: 'available', warehouse: known })}
          sort={{
            columnId: params.order,
            direction: 'ascending',
            onSort: (columnId) => void setParams({ order: columnId === 'available' ? 'available' : 'sku' }),
          }}
          total={counts ? (params.low ? counts.low : counts.all) : undefined}
          onNearEnd={() => {
            if (inventory.hasNextPage && !inventory.isFetchingNextPage) void inventory.fetchNextPage();
          }}
          pageKeys
          placeholder={placeholder}
        />
      </div>
      <StockSheet
        item={rows.find(({ sku }) => sku === open?.sku) ?? null}
        place={open ?? { measure: 'available', warehouse: null }}
        onPlace={(place) => setOpen((before) => before && { ...before, ...place })}
        onClose={() => setOpen(null)}
      />
    </div>
  );
};
