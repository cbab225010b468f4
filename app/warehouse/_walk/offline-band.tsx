'use client';

import { Band } from '../../_ui/states.tsx';
import { useIsOffline, useOutboxState } from '../_outbox/outbox-provider.tsx';

/** Says that scans are kept on this device, and how many wait. */
export const OfflineBand = () => {
  const isOffline = useIsOffline();
  const { entries } = useOutboxState();
  if (!isOffline) return null;
  return (
    <Band tone="stale" live className="print:hidden">
      Connection lost. Scans are kept here, {entries.length} waiting.
    </Band>
  );
};
