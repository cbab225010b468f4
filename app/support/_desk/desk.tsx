'use client';

import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { type CSSProperties, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { deskViews } from '#domain/search/order-sorts.ts';
import { usePendingCount } from '../../_optimistic/provider.tsx';
import { useTRPC } from '../../_trpc/trpc.ts';
import { useLastingStale } from '../../_trpc/use-stale-since.ts';
import { BackOfficeShell } from '../../_ui/back-office-shell.tsx';
import { cn } from '../../_ui/cn.ts';
import { Kbd } from '../../_ui/kbd.tsx';
import { useShortcuts } from '../../_ui/keys.ts';
import { SyncStrip } from '../../_ui/sync-strip.tsx';
import { useSignOut } from '../../(auth)/_session/use-sign-out.ts';
import { deskKeys, newOrderKey } from '../_actions/action-keys.ts';
import { AskMany } from '../_actions/ask-many.tsx';
import { DeskPalette } from '../_actions/desk-palette.tsx';
import { useDeskActions } from '../_actions/use-desk-actions.ts';
import { DraftSheet } from '../_draft/draft-sheet.tsx';
import { OrderPane } from '../_order/order-pane.tsx';
import { BulkBar } from '../_selection/bulk-bar.tsx';
import { BulkResults } from '../_selection/bulk-results.tsx';
import { useBulk } from '../_selection/use-bulk.ts';
import { useSelection } from '../_selection/use-selection.ts';
import { deskCommands } from './desk-commands.tsx';
import { exportList } from './export-list.ts';
import { ListBar } from './list-bar.tsx';
import { ListSplit, useListWidth } from './list-width.tsx';
import { OrderList } from './order-list.tsx';
import { SearchBox } from './search-box.tsx';
import { searchInput } from './search-input.ts';
import { useDeskState } from './use-desk-state.ts';
import { useOrderList } from './use-order-list.ts';
import { usePreferences } from './use-preferences.ts';
import { useSavedViews } from './use-saved-views.ts';
import { ViewDialog } from './view-dialog.tsx';
import { viewLabels } from './view-labels.ts';

const nav = [{ href: '/support', label: 'Orders', icon: <Search aria-hidden="true" />, exact: true }];

interface DeskProps {
  readonly account: { readonly name: string; readonly detail: string };
}

const Strip = ({ live }: { readonly live: boolean }) => {
  const syncing = usePendingCount();
  const staleSince = useLastingStale();
  return <SyncStrip syncing={syncing} live={live} staleSince={staleSince} />;
};

const NothingOpen = () => (
  <div className="flex h-full flex-1 flex-col items-center justify-center gap-2 text-muted max-lg:hidden">
    <p className="font-medium text-ink">No order is open</p>
    <p className="flex items-center gap-1.5">
      <Kbd>J</Kbd>
      <Kbd>K</Kbd> move, <Kbd>Enter</Kbd> opens, <Kbd>/</Kbd> searches
    </p>
    <p className="flex items-center gap-1.5">
      <Kbd>Ctrl</Kbd>
      <Kbd>K</Kbd> does everything, <Kbd>?</Kbd> lists the keys
    </p>
    <p className="flex items-center gap-1.5">
      <Kbd>O</Kbd> takes an order on the phone
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
  const saved = useSavedViews();
  const [wantsList, setWantsList] = useState(false);
  const focusList = useCallback(() => setWantsList(true), []);
  const { open } = desk;
  const close = useCallback(() => {
    open(null);
    setWantsList(true);
  }, [open]);
  /** What had the focus may be gone with what was closed: the list takes it. */
  const keepFocus = () => requestAnimationFrame(() => document.activeElement === document.body && focusList());
  const selection = useSelection(list.rows, keepFocus);
  const bulk = useBulk(keepFocus);
  const actions = useDeskActions({ desk, rows: list.rows, pane, selection, bulk, onClose: close });
  const [isOrdering, setOrdering] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [isChoosing, setChoosing] = useState(false);
  const { likeFrom, instead } = list;
  const takeFile = useCallback(
    () => void exportList(searchInput(desk), { likeFrom, instead }),
    [desk, likeFrom, instead],
  );
  const takeOrder = useCallback(() => setOrdering(true), []);
  useShortcuts({ [newOrderKey]: takeOrder });
  const isSettled = !list.isFetching;
  useEffect(() => {
    // Who types fast and presses Enter means the rows that are still on their way.
    if (!wantsList || !isSettled) return;
    setWantsList(false);
    const row = pane.current?.querySelector<HTMLElement>('[role=row][tabindex="0"]');
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
  }, [wantsList, isSettled]);
  return (
    <BackOfficeShell
      copy="desk"
      homeHref="/support"
      nav={nav}
      account={account}
      onSignOut={signOut}
      keys={deskKeys}
      strip={<Strip live={list.live} />}
    >
      <h1 className="sr-only">Orders</h1>
      <div className="flex h-full">
        <section
          ref={pane}
          aria-label="Search and list"
          style={{ '--list': `${width}px` } as CSSProperties}
          className={cn(
            'flex h-full w-full shrink-0 flex-col border-rule bg-sheet contain-layout lg:w-(--list) lg:border-r',
            desk.order !== null && 'max-lg:hidden',
          )}
        >
          <SearchBox q={desk.q} onChange={desk.setQ} onLeave={focusList} known={known} />
          <ListBar
            desk={desk}
            own={own}
            counts={counts.data}
            onExport={takeFile}
            onNewOrder={takeOrder}
            isChoosing={isChoosing}
            onChoosing={setChoosing}
          />
          <BulkResults bulk={bulk} onOpen={actions.openHere} />
          <OrderList
            desk={desk}
            list={list}
            own={own}
            staff={staff}
            selection={{
              selected: selection.selected,
              onChange: selection.onChange,
              bulkActions: (
                <BulkBar selection={selection} onAct={(action) => actions.startMany(action, selection.orders)} />
              ),
            }}
          />
        </section>
        <ListSplit width={width} onWidth={setWidth} />
        {desk.order === null ? (
          <NothingOpen />
        ) : (
          <OrderPane key={desk.order} orderId={desk.order} onClose={close} open={actions.open} />
        )}
      </div>
      {isOrdering && <DraftSheet part={null} onShow={actions.openHere} onClose={() => setOrdering(false)} />}
      {isSaving && <ViewDialog view={null} list={desk} save={saved.save} onClose={() => setSaving(false)} />}
      <AskMany actions={actions} bulk={bulk} />
      <DeskPalette
        actions={actions}
        commands={deskCommands({
          onNewOrder: takeOrder,
          onSaveView: () => setSaving(true),
          onColumns: () => setChoosing(true),
          onExport: takeFile,
        })}
        places={[
          ...deskViews.map((id) => ({ id, label: viewLabels[id], onSelect: () => desk.setView(id) })),
          ...saved.views.map(({ id, name, base, query, sort }) => ({
            id,
            label: name,
            onSelect: () => desk.show({ view: base, q: query, sort }),
          })),
        ]}
      />
    </BackOfficeShell>
  );
};
