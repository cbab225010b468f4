'use client';

import { useRef } from 'react';

const inOverlay = '[role=menu], [role=dialog], [role=alertdialog], [role=listbox]';

// A menu item that opens a dialog is gone when the dialog asks who had the focus: this is who had it before the menu.
let lastOutside: HTMLElement | null = null;
if (typeof document !== 'undefined') {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && !target.closest(inOverlay)) lastOutside = target;
  });
}

/** Handlers for a dialog's content: focus goes back to its opener, also without a Radix trigger. */
export const useReturnFocus = () => {
  const opener = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      const active = document.activeElement;
      const usable = active instanceof HTMLElement && active !== document.body && !active.closest('[role=menu]');
      opener.current = usable ? active : lastOutside;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      // It may have opened another, where somebody types already: taken away and given back, what was typed is selected,
      // and the next letter replaces it.
      const other = document.activeElement?.closest(inOverlay);
      if (other && !other.contains(opener.current)) return;
      // Opened from a palette or a menu that is gone since.
      const back = opener.current?.isConnected ? opener.current : lastOutside;
      back?.focus();
    },
  };
};
