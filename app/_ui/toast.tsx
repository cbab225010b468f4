'use client';

import { X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Toaster as Sonner, toast } from 'sonner';
import { Kbd } from './kbd.tsx';
import { useShortcuts } from './keys.ts';

const VISIBLE_MS = 6000;

export interface ToastOptions {
  /** A second line in muted. */
  readonly detail?: string | undefined;
  /** Offers Undo, also by the key Z while the toast is there. */
  readonly onUndo?: (() => void) | undefined;
}

/** The toasts that offer Undo, the oldest first. */
const undoable: { readonly isUsed: () => boolean; readonly undo: () => void }[] = [];

interface BodyProps extends ToastOptions {
  readonly id: string | number;
  readonly message: string;
}

const ToastBody = ({ id, message, detail, onUndo }: BodyProps) => {
  const [held, setHeld] = useState(false);
  const remainingMs = useRef(VISIBLE_MS);
  useEffect(() => {
    if (held) return;
    const startedAt = performance.now();
    const timer = setTimeout(() => toast.dismiss(id), remainingMs.current);
    return () => {
      clearTimeout(timer);
      remainingMs.current = Math.max(1000, remainingMs.current - (performance.now() - startedAt));
    };
  }, [held, id]);
  // While the toast leaves the screen it takes no second press.
  const used = useRef(false);
  const undo = () => {
    toast.dismiss(id);
    if (used.current) return;
    used.current = true;
    onUndo?.();
  };
  const undoLatest = useEffectEvent(undo);
  const offersUndo = onUndo !== undefined;
  useEffect(() => {
    if (!offersUndo) return;
    const entry = { isUsed: () => used.current, undo: () => undoLatest() };
    undoable.push(entry);
    return () => {
      undoable.splice(undoable.indexOf(entry), 1);
    };
  }, [offersUndo]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering and focus within only pause the clock
    <div
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="flex w-[min(380px,calc(100vw-2rem))] items-center gap-3 rounded-panel border border-rule bg-float py-2.5 pr-2 pl-4 font-sans text-body text-ink shadow-float"
    >
      <div className="min-w-0 flex-1">
        <p className="font-medium">{message}</p>
        {detail && <p className="text-meta text-muted">{detail}</p>}
      </div>
      {onUndo && (
        <button
          type="button"
          aria-keyshortcuts="Z"
          onClick={undo}
          className="inline-flex h-control-sm items-center gap-2 rounded-control px-2 font-semibold text-link hover:bg-tint"
        >
          Undo <Kbd>Z</Kbd>
        </button>
      )}
      <button
        type="button"
        aria-label="Dismiss"
        onClick={() => toast.dismiss(id)}
        className="inline-flex size-8 items-center justify-center rounded-control text-muted hover:bg-tint hover:text-ink"
      >
        <X aria-hidden="true" className="size-4" />
      </button>
    </div>
  );
};

/**
 * Says what happened, bottom left, for 6 s of not being looked at. Never the only place of an error. What is returned
 * takes it away before.
 */
export const notify = (message: string, options: ToastOptions = {}): (() => void) => {
  // Our body keeps the time: sonner's own clock goes on while a toast has the focus.
  const shown = toast.custom((id) => <ToastBody id={id} message={message} {...options} />, {
    duration: Number.POSITIVE_INFINITY,
  });
  return () => void toast.dismiss(shown);
};

/** Mounted once, by the providers. */
export const Toaster = () => {
  // Z takes back what was done last.
  useShortcuts({ z: () => undoable.findLast(({ isUsed }) => !isUsed())?.undo() });
  return (
    <Sonner
      mobileOffset={{ left: 16, bottom: 72 }}
      // Not "auto", for which it asks the document's style at each change.
      dir="ltr"
      position="bottom-left"
      offset={{ left: 68, bottom: 40 }}
      visibleToasts={3}
      gap={8}
    />
  );
};
