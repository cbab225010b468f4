'use client';

import { useSyncExternalStore } from 'react';

let message = '';
const listeners = new Set<() => void>();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Says a sentence to screen readers, politely, in the one live region. Saying the same again is heard again. */
export const announce = (text: string): void => {
  // A live region is read when its text changes: a trailing space makes a repeated sentence a change.
  message = text === message ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
};

/** Mounted once, by the providers. */
export const LiveRegion = () => {
  const text = useSyncExternalStore(
    subscribe,
    () => message,
    () => '',
  );
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
};
