'use client';

import { AlertDialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { Button } from './button.tsx';
import { useReturnFocus } from './return-focus.ts';
import { scrim } from './scrim.ts';

export interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Repeats the object and the amount: "Refund € 19.90 on WB-48213?" */
  readonly title: ReactNode;
  /** What can't be undone, in a sentence. */
  readonly children: ReactNode;
  /** Names the act: "Refund € 19.90". */
  readonly confirmLabel: string;
  /** The safe way out, focused first. Default "Keep as it is". */
  readonly cancelLabel?: string | undefined;
  readonly danger?: boolean | undefined;
  readonly busy?: boolean | undefined;
  readonly onConfirm: () => void;
}

/** Only for what can't be undone. Focus starts on the safe button; Escape is the same as it. */
export const ConfirmDialog = ({
  open,
  onOpenChange,
  title,
  children,
  confirmLabel,
  cancelLabel = 'Keep as it is',
  danger = true,
  busy,
  onConfirm,
}: ConfirmDialogProps) => {
  const returnFocus = useReturnFocus();
  const safe = useRef<HTMLButtonElement>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay {...scrim} />
        <Radix.Content
          onCloseAutoFocus={returnFocus.onCloseAutoFocus}
          onOpenAutoFocus={(event) => {
            returnFocus.onOpenAutoFocus();
            event.preventDefault();
            safe.current?.focus();
          }}
          className="fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[min(440px,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 flex-col rounded-panel border border-rule bg-float shadow-float"
        >
          <div className="min-h-0 overflow-y-auto p-4">
            <Radix.Title className="text-section">{title}</Radix.Title>
            <Radix.Description asChild>
              <div className="mt-2 text-muted">{children}</div>
            </Radix.Description>
          </div>
          <footer className="flex flex-wrap justify-end gap-2 border-rule border-t px-4 py-3">
            <Radix.Cancel asChild>
              <Button ref={safe}>{cancelLabel}</Button>
            </Radix.Cancel>
            <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
              {confirmLabel}
            </Button>
          </footer>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};
