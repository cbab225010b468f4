'use client';

import { Command } from 'cmdk';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Dialog, DialogContent } from './dialog.tsx';
import { formatCount } from './format.ts';
import { useMarked } from './use-marked.ts';

export interface PickItem {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** At the right end, in muted. */
  readonly detail?: ReactNode;
  readonly keywords?: readonly string[] | undefined;
}

export interface PickDialogProps {
  readonly title: string;
  readonly description?: string | undefined;
  /** What is picked: "Tag", "Colleague". */
  readonly label: string;
  readonly placeholder: string;
  readonly items: readonly PickItem[];
  readonly onPick: (id: string) => void;
  /** Makes an item of what was typed, where nothing is called so. */
  readonly create?: ((typed: string) => PickItem | null) | undefined;
  /** Said where nothing fits. */
  readonly empty: string;
  /** Between the title and the field: what is there already, or why it was refused. */
  readonly children?: ReactNode;
  readonly onClose: () => void;
}

/** So many are offered at once: all that are mounted have to be before the first is seen. */
const offeredMost = 20;

/** By its words only: an id has letters that nobody meant. */
const fits = ({ label, keywords = [] }: PickItem, typed: string): boolean => {
  const text = [label, ...keywords].join(' ').toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

/** Picks one thing by typing: the field narrows the list, ↑ ↓ move, Enter picks. */
export const PickDialog = (props: PickDialogProps) => {
  const { title, description, label, placeholder, items, onPick, create, empty, children, onClose } = props;
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // After the dialog has noted whom to give the focus back to.
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const made = typed.trim() === '' ? null : (create?.(typed) ?? null);
  const fitting = items.filter((item) => fits(item, typed));
  const offered = fitting.slice(0, offeredMost);
  // What was typed in full is meant: what is called just so comes first, what nothing is called yet last.
  const exact = items.find(({ id }) => id === made?.id);
  const others = offered.filter((item) => item !== exact);
  const shown = exact ? [exact, ...others] : made ? [...others, made] : others;
  const marked = useMarked(shown.map(({ id }) => id));
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={title} description={description}>
        {children}
        <Command {...marked} label={label} loop shouldFilter={false} className="-mx-1 pt-1">
          <Command.Input
            ref={field}
            value={typed}
            onValueChange={setTyped}
            maxLength={80}
            placeholder={placeholder}
            className="mx-1 mb-2 h-control w-[calc(100%-0.5rem)] rounded-control border border-field bg-sheet px-2.5 text-ink placeholder:text-muted"
          />
          <Command.List className="max-h-[min(300px,45vh)] overflow-y-auto p-1">
            <Command.Empty className="px-2 py-3 text-muted">{empty}</Command.Empty>
            {shown.map((item) => (
              <Command.Item
                key={item.id}
                value={item.id}
                onSelect={() => onPick(item.id)}
                className="flex min-h-control cursor-default items-center gap-2.5 rounded-control px-2 py-1 data-[selected=true]:bg-pick [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
              >
                {item.icon}
                <span className="min-w-0 flex-1 truncate">{item.label}</span>
                {item.detail && <span className="shrink-0 text-meta text-muted">{item.detail}</span>}
              </Command.Item>
            ))}
          </Command.List>
          {fitting.length > offered.length && (
            <p className="px-3 pt-1 text-meta text-muted">
              {formatCount(fitting.length - offered.length)} more. Type to narrow them.
            </p>
          )}
        </Command>
      </DialogContent>
    </Dialog>
  );
};
