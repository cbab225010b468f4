'use client';

import { useSyncExternalStore } from 'react';
import { browserFreshness } from './freshness-store.ts';

/** Since when something on the screen is behind what this browser has written, ms; null when nothing is. */
export const useStaleSince = (): number | null =>
  useSyncExternalStore(browserFreshness.subscribe, browserFreshness.staleSince, () => null);
