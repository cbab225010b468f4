'use client';

import { useIsMutating, useQuery } from '@tanstack/react-query';
import { Boxes, ChartColumn, Cpu, PackageSearch } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTRPC } from '../../_trpc/trpc.ts';
import { useLastingStale } from '../../_trpc/use-stale-since.ts';
import { BackOfficeShell } from '../../_ui/back-office-shell.tsx';
import { SyncStrip } from '../../_ui/sync-strip.tsx';
import { useSignOut } from '../../(auth)/_session/use-sign-out.ts';
import { lagWords } from '../_system/lag-words.ts';

interface AdminFrameProps {
  readonly account: { readonly name: string; readonly detail: string };
  readonly children: ReactNode;
}

const pulseMs = 2_000;

const keys = [
  { keys: 'J K', does: 'Move between rows' },
  { keys: 'Enter', does: 'Open the row' },
  { keys: '/', does: 'Search' },
  { keys: 'Esc', does: 'Close, back to the row' },
];

/** Rail in the admin copy's green, and the strip that says how far the data is behind. */
export const AdminFrame = ({ account, children }: AdminFrameProps) => {
  const trpc = useTRPC();
  const pulse = useQuery(trpc.admin.system.pulse.queryOptions(undefined, { refetchInterval: pulseMs, staleTime: 0 }));
  const syncing = useIsMutating();
  const staleSince = useLastingStale();
  const signOut = useSignOut();
  return (
    <BackOfficeShell
      copy="admin"
      homeHref="/admin"
      nav={[
        { href: '/admin', label: 'Fulfillment', icon: <PackageSearch />, exact: true },
        { href: '/admin/inventory', label: 'Inventory', icon: <Boxes /> },
        { href: '/admin/analytics', label: 'Analytics', icon: <ChartColumn /> },
        { href: '/admin/system', label: 'System', icon: <Cpu />, count: pulse.data?.forAPerson ?? 0 },
      ]}
      account={account}
      onSignOut={signOut}
      keys={keys}
      strip={
        <SyncStrip
          syncing={syncing}
          staleSince={staleSince}
          live={!pulse.isError}
          trail={pulse.data && <span className="tabular-nums">{lagWords(pulse.data.lagMs)}</span>}
        />
      }
    >
      {children}
    </BackOfficeShell>
  );
};
