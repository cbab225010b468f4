'use client';

import { List, Truck, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { usePendingCount } from '../../_optimistic/provider.tsx';
import { useLastingStale } from '../../_trpc/use-stale-since.ts';
import { BackOfficeShell } from '../../_ui/back-office-shell.tsx';
import { SyncStrip } from '../../_ui/sync-strip.tsx';
import { useSignOut } from '../../(auth)/_session/use-sign-out.ts';
import { OutboxProvider, useIsOffline } from '../_outbox/outbox-provider.tsx';

interface WarehouseFrameProps {
  readonly account: { readonly id: string; readonly name: string; readonly isAdmin: boolean };
  readonly children: ReactNode;
}

const keys = [
  { keys: '/', does: 'Filter the queue' },
  { keys: 'J K', does: 'Next and previous order' },
  { keys: 'Enter', does: 'Open the order, record what was typed' },
  { keys: 'P', does: 'Pick the next order' },
  { keys: 'F2', does: 'Report a short pick, from the scan field' },
  { keys: 'Esc', does: 'Back to the scan field' },
  { keys: 'Q', does: 'Back to the queue or the returns, outside of a field' },
  { keys: '1 2 3', does: 'Returned item: back on sale, damaged, refused' },
];
const nav = [
  { href: '/warehouse', label: 'Queue', icon: <List aria-hidden="true" />, exact: true },
  { href: '/warehouse/shipped', label: 'Shipped', icon: <Truck aria-hidden="true" /> },
  { href: '/warehouse/returns', label: 'Returns', icon: <Undo2 aria-hidden="true" /> },
];

const Strip = () => {
  const syncing = usePendingCount();
  const isOffline = useIsOffline();
  const staleSince = useLastingStale();
  return <SyncStrip className="max-sm:hidden" syncing={syncing} staleSince={staleSince} live={!isOffline} />;
};

/** The floor's yellow copy around every page of the warehouse. */
export const WarehouseFrame = ({ account, children }: WarehouseFrameProps) => {
  const signOut = useSignOut();
  return (
    <OutboxProvider pickerId={account.id}>
      <BackOfficeShell
        copy="floor"
        homeHref="/warehouse"
        nav={nav}
        keys={keys}
        account={{ name: account.name, detail: account.isAdmin ? 'Admin' : 'Warehouse' }}
        onSignOut={signOut}
        strip={<Strip />}
      >
        {children}
      </BackOfficeShell>
    </OutboxProvider>
  );
};
