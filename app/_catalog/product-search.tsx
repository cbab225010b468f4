'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { RouterOutputs } from '../_trpc/router-types.ts';
import { useTRPC } from '../_trpc/trpc.ts';
import { formatCount, formatMoney } from '../_ui/format.ts';
import { useMarked } from '../_ui/use-marked.ts';
import { LinePicture } from './line-picture.tsx';
import { freshMs, productsOf, useSought } from './use-sought.ts';

export type FoundProduct = RouterOutputs['shop']['catalog']['list']['items'][number];

interface ProductSearchProps {
  readonly onFound: (product: FoundProduct) => void;
}

const stockWords = (available: number | null): string => {
  if (available === null || available <= 0) return 'sold out';
  return `${formatCount(available)} left`;
};

/** Finds what is on sale by name or SKU: ↑ ↓ move, Enter adds. */
export const ProductSearch = ({ onFound }: ProductSearchProps) => {
  const trpc = useTRPC();
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const isSearching = typed.trim().length >= 2;
  const found = useQuery(
    trpc.shop.catalog.list.queryOptions(productsOf(text), {
      enabled: text.length >= 2,
      placeholderData: keepPreviousData,
      staleTime: freshMs,
    }),
  );
  const items = isSearching ? (found.data?.items ?? []) : [];
  // What stands there answers what was typed before, or nothing yet: Enter must not add that.
  const isStale = text !== typed.trim() || found.isPlaceholderData || found.isPending;
  const [sought, seek] = useSought(onFound);
  const marked = useMarked(items.filter(({ available }) => (available ?? 0) > 0).map(({ sku }) => sku));
  return (
    <Command {...marked} shouldFilter={false} loop label="Add a product" className="mt-2">
      <div className="relative">
        <Search aria-hidden="true" className="absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
        <Command.Input
          value={typed}
          onValueChange={setTyped}
          maxLength={80}
          placeholder="Add a product: name or SKU"
          onKeyDown={(event) => {
            // Enter adds a product; it doesn't send the form around it. Escape clears before it closes the sheet.
            if (event.key === 'Enter' && (items.length === 0 || isStale)) {
              event.preventDefault();
              if (!isSearching || !isStale) return;
              seek(typed.trim());
              setTyped('');
            }
            if (event.key !== 'Escape' || typed === '') return;
            event.preventDefault();
            event.stopPropagation();
            setTyped('');
          }}
          className="h-control w-full rounded-control border border-field bg-sheet pr-3 pl-9 text-ink placeholder:text-muted"
        />
      </div>
      <p role="status" className={sought ? 'mt-2 px-2 text-meta text-muted' : ''}>
        {sought}
      </p>
      <Command.List
        className={isSearching ? 'mt-1 max-h-72 overflow-y-auto rounded-control border border-rule bg-float p-1' : ''}
      >
        {isSearching && items.length === 0 && (
          <p role="presentation" className="px-2 py-2 text-muted">
            {found.isFetching
              ? 'Looking…'
              : found.error
                ? 'The catalog could not be read.'
                : 'Nothing on sale is called so.'}
          </p>
        )}
        {items.map((product) => (
          <Command.Item
            key={product.sku}
            value={product.sku}
            disabled={(product.available ?? 0) <= 0}
            onSelect={() => {
              onFound(product);
              setTyped('');
            }}
            className="flex min-h-control cursor-default items-center gap-2.5 rounded-control px-2 py-1 data-[disabled=true]:text-muted data-[selected=true]:bg-pick"
          >
            <LinePicture picture={product.picture} hue={product.hue} />
            <span className="min-w-0 flex-1 truncate">
              {product.name}
              {product.size && <span className="text-muted"> {product.size}</span>}
            </span>
            <span className="shrink-0 text-meta text-muted">{stockWords(product.available)}</span>
            <span className="w-16 shrink-0 text-right tabular-nums">
              {formatMoney(product.priceMinor, product.currency)}
            </span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  );
};
