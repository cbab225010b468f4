'use client';

import { onlineManager, useIsMutating } from '@tanstack/react-query';
import { Boxes, ScrollText } from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useLastingStale } from '../../_trpc/use-stale-since.ts';
import { BackOfficeShell } from '../../_ui/back-office-shell.tsx';
import { SyncStrip } from '../../_ui/sync-strip.tsx';
import { useSignOut } from '../../(auth)/_session/use-sign-out.ts';

interface AuditFrameProps {
  readonly account: { readonly name: string; readonly detail: string };
  readonly children: ReactNode;
}

const nav = [
  { href: '/audit', label: 'History', icon: <ScrollText aria-hidden="true" />, exact: true },
  { href: '/audit/inventory', label: 'Stock', icon: <Boxes aria-hidden="true" /> },
];

const keys = [
  { keys: '/', does: 'Search' },
  { keys: 'J K', does: 'Move between rows' },
  { keys: 'Enter', does: 'Open the row' },
  { keys: '[ ]', does: 'One event back, one event on' },
  { keys: 'C', does: 'Compare with today' },
  { keys: 'T', does: 'Back to today' },
  { keys: 'R', does: 'The raw event' },
];

const useOnline = (): boolean =>
  useSyncExternalStore(
    (onChange) => onlineManager.subscribe(onChange),
    () => onlineManager.isOnline(),
    () => true,
  );

/** Rail in the audit copy's pink. Nothing here writes. */
export const AuditFrame = ({ account, children }: AuditFrameProps) => {
  const syncing = useIsMutating();
  const staleSince = useLastingStale();
  const online = useOnline();
  const signOut = useSignOut();
  return (
    <BackOfficeShell
      copy="audit"
      density="audit"
      homeHref="/audit"
      nav={nav}
      account={account}
      onSignOut={signOut}
      keys={keys}
      strip={
        <SyncStrip syncing={syncing} staleSince={staleSince} live={online} trail={<span>All times in UTC</span>} />
      }
    >
      {children}
    </BackOfficeShell>
  );
};
