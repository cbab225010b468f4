'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { List, Package } from 'lucide-react';
import { useDeferredValue, useEffect, useState } from 'react';
import type { OrderId } from '#domain/shared/ids.ts';
import { useTRPC } from '../../_trpc/trpc.ts';
import { CommandPalette, type PaletteGroup, type PaletteItem } from '../../_ui/command-palette.tsx';
import { formatMoney } from '../../_ui/format.ts';
import { useShortcuts } from '../../_ui/keys.ts';
import { countOf } from '../_selection/count-of.ts';
import { appliesTo, labelOf } from './order-action.ts';
import { orderActions } from './order-actions.ts';
import { fitsTyped } from './palette-groups.ts';
import type { DeskActions } from './use-desk-actions.ts';

interface DeskPaletteProps {
  readonly actions: DeskActions;
  /** What can be done with no order in mind. */
  readonly commands: readonly (PaletteItem & { readonly keywords: readonly string[] })[];
  /** Where else one can go: the desk's views. */
  readonly places: readonly { readonly id: string; readonly label: string; readonly onSelect: () => void }[];
}

const settleMs = 120;
const ordersMost = 8;

/** What was typed, once the typing rests. */
const useRested = (typed: string): string => {
  const [rested, setRested] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setRested(typed), settleMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return rested;
};

type Meant = ReturnType<DeskActions['aim']>;

const manyItems = (
  { several }: Meant,
  { startMany }: DeskActions,
): readonly (PaletteItem & { keywords: readonly string[] })[] =>
  orderActions
    .filter(({ many }) => many !== undefined && (many.applies?.(several) ?? true))
    .map((action) => ({
      id: `${action.id} many`,
      label: action.isDangerous ? 'Cancel the orders' : action.label,
      icon: <action.icon aria-hidden="true" />,
      keywords: action.keywords,
      shortcut: action.key?.toUpperCase(),
      onSelect: () => startMany(action, several),
    }));

const oneItems = (
  { one, several }: Meant,
  { startOne }: DeskActions,
): readonly (PaletteItem & { keywords: readonly string[] })[] => {
  if (!one) return [];
  const part = one.kind === 'open' ? one.part : null;
  return orderActions
    .filter((action) => {
      if (part) return appliesTo(action, part);
      if (action.draft === 'only') return false;
      return one.kind === 'many' ? (action.many?.applies?.(one.orders) ?? true) : action.applies === undefined;
    })
    .map((action) => ({
      id: `${action.id} one`,
      label: part ? labelOf(action, part) : action.label,
      icon: <action.icon aria-hidden="true" />,
      keywords: action.keywords,
      shortcut: several.length > 0 && action.many ? undefined : action.key?.toUpperCase(),
      whyNot: part && action.whyNot(part),
      onSelect: () => startOne(action, one),
    }));
};

const headingOf = ({ one }: Meant): string => {
  if (one?.kind === 'many') return `On ${countOf(one.orders)}`;
  return one?.part ? `On ${one.part.order.orderNumber}` : 'On this order';
};

/** Ctrl/Cmd-K: finds orders as the desk does, and does everything that the keys do. */
export const DeskPalette = ({ actions, places, commands }: DeskPaletteProps) => {
  const trpc = useTRPC();
  const [meant, setMeant] = useState<Meant | null>(null);
  const [query, setQuery] = useState('');
  const typed = useRested(useDeferredValue(query)).trim();
  useShortcuts({
    'Mod+k': () => {
      setQuery('');
      // What has the focus now is what is meant; the palette takes it.
      setMeant(meant ? null : actions.aim());
    },
  });
  const isSearching = meant !== null && typed.length >= 2;
  const found = useQuery(
    trpc.support.orders.search.queryOptions(
      { q: typed, view: 'all', limit: ordersMost },
      { enabled: isSearching, placeholderData: keepPreviousData, staleTime: 5_000 },
    ),
  );
  if (!meant) return null;
  const fitting = <Item extends { readonly label: string; readonly keywords: readonly string[] }>(
    items: readonly Item[],
  ) => items.filter((item) => fitsTyped(item, query));
  const isBusy = query.trim().length >= 2 && (query.trim() !== typed || found.isFetching);
  const answered = (isSearching ? (found.data?.items ?? []) : []).map((order) => ({
    order,
    label: `${order.orderNumber}  ${order.customerName ?? 'erased'}`,
    keywords: [],
  }));
  // What answered an earlier wording stays only where it fits this one: Enter must not open what was not meant.
  const orders = (isBusy ? fitting(answered) : answered).map(({ order, label }) => ({
    id: order.orderId,
    label,
    icon: <Package aria-hidden="true" />,
    detail: formatMoney(order.totalMinor, order.currency),
    movesFocus: true,
    onSelect: () => actions.openHere(order.orderId as OrderId),
  }));
  const groups: readonly PaletteGroup[] = [
    ...(meant.several.length > 0
      ? [{ heading: `On ${countOf(meant.several)} selected`, items: fitting(manyItems(meant, actions)) }]
      : []),
    { heading: headingOf(meant), items: fitting(oneItems(meant, actions)) },
    { heading: 'At the desk', items: fitting(commands) },
    { heading: 'Orders', items: orders },
    {
      heading: 'Go to',
      items: fitting(
        places.map((place) => ({ ...place, icon: <List aria-hidden="true" />, keywords: ['view', 'go'] })),
      ),
    },
  ];
  return (
    <CommandPalette
      open
      onOpenChange={(open) => !open && setMeant(null)}
      groups={groups}
      query={query}
      onQueryChange={setQuery}
      filter={false}
      busy={isBusy}
    />
  );
};
