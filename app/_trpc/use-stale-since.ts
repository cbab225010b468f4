'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { browserFreshness } from './freshness-store.ts';

/** Behind for less than this is just being read: the server has waited a second by itself before it says so. */
const lastingMs = 2_000;

const useStaleSince = (): number | null =>
  useSyncExternalStore(browserFreshness.subscribe, browserFreshness.staleSince, () => null);

/**
 * Since when something on the screen is behind what this browser has written, ms, once that lasts; undefined while
 * nothing is.
 */
export const useLastingStale = (): number | undefined => {
  const since = useStaleSince();
  const [lasting, setLasting] = useState<number | null>(null);
  useEffect(() => {
    if (since === null) return;
    const timer = setTimeout(() => setLasting(since), Math.max(0, since + lastingMs - Date.now()));
    return () => clearTimeout(timer);
  }, [since]);
  return since !== null && lasting === since ? since : undefined;
};
