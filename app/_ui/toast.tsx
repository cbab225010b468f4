'use client';

import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
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

/** Undo, as a toast offers it. While the toast leaves the screen it takes no second press. */
interface Offer {
  readonly isUsed: () => boolean;
  readonly take: () => void;
}

/** What can be undone, the oldest first: from the moment it is done, for Z may come before its toast is drawn. */
const offers: Offer[] = [];

const stand = (offer: Offer): void => {
  if (!offers.includes(offer)) offers.push(offer);
};
const withdraw = (offer: Offer): void => {
  if (offers.includes(offer)) offers.splice(offers.indexOf(offer), 1);
};

interface BodyProps extends Pick<ToastOptions, 'detail'> {
  readonly id: string | number;
  readonly message: string;
  readonly offer: Offer | null;
}

const ToastBody = ({ id, message, detail, offer }: BodyProps) => {
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
  useEffect(() => {
    if (!offer) return;
    stand(offer);
    return () => withdraw(offer);
  }, [offer]);
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
      {offer && (
        <button
          type="button"
          aria-keyshortcuts="Z"
          onClick={offer.take}
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
export const notify = (message: string, { detail, onUndo }: ToastOptions = {}): (() => void) => {
  let used = false;
  const offer: Offer | null = onUndo
    ? {
        isUsed: () => used,
        take: () => {
          toast.dismiss(shown);
          if (used) return;
          used = true;
          onUndo();
        },
      }
    : null;
  if (offer) stand(offer);
  // Our body keeps the time: sonner's own clock goes on while a toast has the focus.
  const shown = toast.custom((id) => <ToastBody id={id} message={message} detail={detail} offer={offer} />, {
    duration: Number.POSITIVE_INFINITY,
  });
  return () => {
    if (offer) withdraw(offer);
    toast.dismiss(shown);
  };
};

/** Mounted once, by the providers. */
export const Toaster = () => {
  // Z takes back what was done last.
  useShortcuts({ z: () => offers.findLast(({ isUsed }) => !isUsed())?.take() });
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
