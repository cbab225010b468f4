'use client';

import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { type CSSProperties, useEffect, useMemo, useRef, useState } from 'react';
import { usePendingCount } from '../../_optimistic/provider.tsx';
import { useTRPC } from '../../_trpc/trpc.ts';
import { useStaleSince } from '../../_trpc/use-stale-since.ts';
import { BackOfficeShell } from '../../_ui/back-office-shell.tsx';
import { cn } from '../../_ui/cn.ts';
import { Kbd } from '../../_ui/kbd.tsx';
import { SyncStrip } from '../../_ui/sync-strip.tsx';
import { useNow } from '../../_ui/time.tsx';
import { useSignOut } from '../../(auth)/_session/use-sign-out.ts';
import { OrderPane } from '../_order/order-pane.tsx';
import { ListBar } from './list-bar.tsx';
import { ListSplit, useListWidth } from './list-width.tsx';
import { OrderList } from './order-list.tsx';
import { SearchBox } from './search-box.tsx';
import { useDeskState } from './use-desk-state.ts';
import { useOrderList } from './use-order-list.ts';
import { usePreferences } from './use-preferences.ts';

const keys = [
  { keys: '/', does: 'Search' },
  { keys: 'J K', does: 'Next and previous order' },
  { keys: 'Enter', does: 'Open the order' },
  { keys: 'Esc', does: 'Back to the list' },
  { keys: 'R', does: 'Refund' },
  { keys: 'H', does: 'Hold, or release the hold' },
  { keys: 'N', does: 'Add a note' },
  { keys: 'C', does: 'Cancel the order' },
];
const nav = [{ href: '/support', label: 'Orders', icon: <Search aria-hidden="true" />, exact: true }];
/** Behind for less than this is just being read. */
const staleShownMs = 5_000;

interface DeskProps {
  readonly account: { readonly name: string; readonly detail: string };
}

const Strip = ({ live }: { readonly live: boolean }) => {
  const syncing = usePendingCount();
  const staleSince = useStaleSince();
  const now = useNow();
  const isStale = staleSince !== null && now - staleSince > staleShownMs;
  return <SyncStrip syncing={syncing} live={live} {...(isStale ? { staleSince } : {})} />;
};

const NothingOpen = () => (
  <div className="flex h-full flex-1 flex-col items-center justify-center gap-2 text-muted max-lg:hidden">
    <p className="font-medium text-ink">No order is open</p>
    <p className="flex items-center gap-1.5">
      <Kbd>J</Kbd>
      <Kbd>K</Kbd> move, <Kbd>Enter</Kbd> opens, <Kbd>/</Kbd> searches
    </p>
  </div>
);

/** List and order side by side; below 1024 px one after the other. */
export const Desk = ({ account }: DeskProps) => {
  const trpc = useTRPC();
  const own = usePreferences();
  const desk = useDeskState(own.preferences.sort);
  const list = useOrderList(desk);
  const signOut = useSignOut();
  const [width, setWidth] = useListWidth();
  const pane = useRef<HTMLElement>(null);
  const counts = useQuery(trpc.support.orders.counts.queryOptions(undefined, { staleTime: 10_000 }));
  const reference = useQuery(trpc.support.reference.queryOptions());
  const staff = reference.data?.staff;
  const known = useMemo(
    () => ({
      ...(staff ? { assignee: staff.map(({ name }) => name) } : {}),
    }),
    [staff],
  );
  const [wantsList, setWantsList] = useState(false);
  const focusList = () => setWantsList(true);
  const isSettled = !list.isFetching;
  useEffect(() => {
    // Who types fast and presses Enter means the rows that are still on their way.
    if (!wantsList || !isSettled) return;
    setWantsList(false);
    pane.current?.querySelector<HTMLElement>('[role=row][tabindex="0"]')?.focus({ preventScroll: true });
  }, [wantsList, isSettled]);
  return (
    <BackOfficeShell
      copy="desk"
      homeHref="/support"
      nav={nav}
      account={account}
      onSignOut={signOut}
      keys={keys}
      strip={<Strip live={list.live} />}
    >
      <h1 className="sr-only">Orders</h1>
      <div className="flex h-full">
        <section
          ref={pane}
          aria-label="Search and list"
          style={{ '--list': `${width}px` } as CSSProperties}
          className={cn(
            'flex h-full w-full shrink-0 flex-col border-rule bg-sheet lg:w-(--list) lg:border-r',
            desk.order !== null && 'max-lg:hidden',
          )}
        >
          <SearchBox q={desk.q} onChange={desk.setQ} onLeave={focusList} known={known} />
          <ListBar desk={desk} own={own} counts={counts.data} />
          <OrderList desk={desk} list={list} own={own} staff={staff} />
        </section>
        <ListSplit width={width} onWidth={setWidth} />
        {desk.order === null ? (
          <NothingOpen />
        ) : (
          <OrderPane
            key={desk.order}
            orderId={desk.order}
            onClose={() => {
              desk.open(null);
              focusList();
            }}
          />
        )}
      </div>
    </BackOfficeShell>
  );
};
