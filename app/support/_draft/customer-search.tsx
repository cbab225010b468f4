'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { Search, UserRound, UserRoundPlus } from 'lucide-react';
import { useDeferredValue, useEffect, useEffectEvent, useState } from 'react';
import type { RouterOutputs } from '../../_trpc/router-types.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { useMarked } from '../../_ui/use-marked.ts';
import { tierWords } from '../_order/words.ts';

export type FoundCustomer = RouterOutputs['support']['customer']['find']['customers'][number];

interface CustomerSearchProps {
  readonly onFound: (customer: FoundCustomer) => void;
  /** Nobody that we know: what was typed begins a new contact. */
  readonly onNew: (typed: string) => void;
}

const newContact = 'new contact';

const itemLooks =
  'flex min-h-control cursor-default items-center gap-2.5 rounded-control px-2 py-1 data-[selected=true]:bg-pick';

/** Finds a customer by name or mail: ↑ ↓ move, Enter takes. */
export const CustomerSearch = ({ onFound, onNew }: CustomerSearchProps) => {
  const trpc = useTRPC();
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const isSearching = typed.trim().length >= 2;
  const found = useQuery(
    trpc.support.customer.find.queryOptions(
      { text },
      { enabled: text.length >= 2, placeholderData: keepPreviousData, staleTime: 10_000 },
    ),
  );
  // Who presses Enter too soon must not begin somebody new of half a name that is known.
  const isSettled = text === typed.trim() && !found.isPlaceholderData && !found.isFetching;
  const customers = isSearching ? (found.data?.customers ?? []) : [];
  // Who types fast and presses Enter means what is still on its way.
  const [isWanted, setWanted] = useState(false);
  const take = useEffectEvent(() => {
    setWanted(false);
    const [first] = customers;
    if (first) onFound(first);
    else onNew(typed.trim());
  });
  useEffect(() => {
    if (isWanted && isSettled) take();
  }, [isWanted, isSettled]);
  const canBeNew = isSearching && isSettled;
  const marked = useMarked([
    ...customers.map(({ customerId }) => customerId as string),
    ...(canBeNew ? [newContact] : []),
  ]);
  return (
    <Command {...marked} shouldFilter={false} loop label="Find the customer">
      <div className="relative">
        <Search aria-hidden="true" className="absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
        <Command.Input
          value={typed}
          onValueChange={(next) => {
            setTyped(next);
            setWanted(false);
          }}
          maxLength={120}
          placeholder="Find the customer: name or mail"
          onKeyDown={(event) => {
            if (event.key === 'Enter' && isSearching && !isSettled) {
              event.preventDefault();
              setWanted(true);
            }
            // Escape clears before it closes the sheet.
            if (event.key !== 'Escape' || typed === '') return;
            event.preventDefault();
            event.stopPropagation();
            setTyped('');
          }}
          className="h-control w-full rounded-control border border-field bg-sheet pr-3 pl-9 text-ink placeholder:text-muted"
        />
      </div>
      <Command.List
        className={isSearching ? 'mt-1 max-h-72 overflow-y-auto rounded-control border border-rule bg-float p-1' : ''}
      >
        {customers.map((customer) => (
          <Command.Item
            key={customer.customerId}
            value={customer.customerId}
            onSelect={() => onFound(customer)}
            className={itemLooks}
          >
            <UserRound aria-hidden="true" className="size-4 shrink-0 text-muted" />
            <span className="min-w-0 flex-1">
              <span className="block truncate">{customer.name}</span>
              <span className="block truncate text-meta text-muted">{customer.email}</span>
            </span>
            <span className="shrink-0 text-right text-meta text-muted">
              <span className="block">{tierWords[customer.tier]}</span>
              {customer.address && <span className="block">{customer.address.city}</span>}
            </span>
          </Command.Item>
        ))}
        {isSearching && !isSettled && customers.length === 0 && (
          <p role="presentation" className="px-2 py-2 text-muted">
            Looking…
          </p>
        )}
        {canBeNew && (
          <Command.Item value={newContact} onSelect={() => onNew(typed.trim())} className={itemLooks}>
            <UserRoundPlus aria-hidden="true" className="size-4 shrink-0 text-muted" />
            <span className="min-w-0 flex-1 truncate">
              Somebody new: <span className="font-medium">{typed.trim()}</span>
            </span>
          </Command.Item>
        )}
      </Command.List>
    </Command>
  );
};
