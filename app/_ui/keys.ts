'use client';

import { useEffect, useRef } from 'react';

const STORAGE_KEY = 'waybill-single-keys';

/** Single-key shortcuts can be switched off (WCAG 2.1.4); kept per browser. */
export const singleKeysOn = (): boolean => globalThis.localStorage?.getItem(STORAGE_KEY) !== 'off';
export const setSingleKeys = (on: boolean): void => globalThis.localStorage?.setItem(STORAGE_KEY, on ? 'on' : 'off');

/** Is the person typing, so that letters are text and no command? */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.closest('input:not([type=checkbox],[type=radio]), textarea, select') !== null);

const nameOf = (event: KeyboardEvent): string => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return `Mod+${key}`;
  return event.shiftKey && key.length > 1 ? `Shift+${key}` : event.shiftKey && /[a-z]/.test(key) ? `Shift+${key}` : key;
};

export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>;

/**
 * Page-wide keys while mounted: `{ r: refund, 'Shift+x': range, 'Mod+k': palette, Escape: back, '?': list }`.
 * Off while typing and while a dialog or menu is open, except `Mod+…`; a handler that runs prevents the default.
 */
export const useShortcuts = (shortcuts: Shortcuts, enabled = true): void => {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    if (!enabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.isComposing) return;
      const name = nameOf(event);
      const run = current.current[name];
      if (!run) return;
      if (!name.startsWith('Mod+')) {
        if (isTyping(event.target) || !singleKeysOn()) return;
        if (document.querySelector('[role=dialog][data-state=open], [role=alertdialog], [role=menu]')) return;
      }
      event.preventDefault();
      run(event);
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [enabled]);
};
