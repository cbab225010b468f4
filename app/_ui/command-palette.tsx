'use client';

import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Kbd } from './kbd.tsx';
import { useReturnFocus } from './return-focus.ts';
import { scrim } from './scrim.ts';
import { useMarked } from './use-marked.ts';

export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  /** At the right end, in muted: a customer, a state. */
  readonly detail?: ReactNode;
  readonly shortcut?: string | undefined;
  /** Why it can't be chosen now; it stays in sight, with the reason as its detail. */
  readonly whyNot?: string | null | undefined;
  /** Further words that find it. */
  readonly keywords?: readonly string[] | undefined;
  /** It puts the focus somewhere itself; else the focus goes back to where it was. */
  readonly movesFocus?: boolean | undefined;
  readonly onSelect: () => void;
}

export interface PaletteGroup {
  /** "Orders", "On this order", "Go to". */
  readonly heading: string;
  readonly items: readonly PaletteItem[];
}

export interface CommandPaletteProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly groups: readonly PaletteGroup[];
  readonly query: string;
  readonly onQueryChange: (query: string) => void;
  /** false when the caller has already searched; true (default) filters here. */
  readonly filter?: boolean | undefined;
  readonly placeholder?: string | undefined;
  /** Results are still on their way: nothing is said to be missing yet. */
  readonly busy?: boolean | undefined;
}

const valueFor = ({ label, id }: PaletteItem): string => `${label} ${id}`;

/** Ctrl/Cmd-K. Choosing closes it; the caller binds the key with useShortcuts({ 'Mod+k': … }). */
export const CommandPalette = ({
  open,
  onOpenChange,
  groups,
  query,
  onQueryChange,
  filter = true,
  placeholder = 'Find an order, or say what to do',
  busy = false,
}: CommandPaletteProps) => {
  const returnFocus = useReturnFocus();
  const moved = useRef(false);
  const list = useRef<HTMLDivElement>(null);
  // Enter before the answer is there means the first of what comes, not nothing.
  const [awaiting, setAwaiting] = useState<string | null>(null);
  const isDue = awaiting !== null && !busy;
  useEffect(() => {
    if (!isDue) return;
    setAwaiting(null);
    if (awaiting === query) list.current?.querySelector<HTMLElement>('[cmdk-item]:not([data-disabled=true])')?.click();
  }, [isDue, awaiting, query]);
  const marked = useMarked(groups.flatMap(({ items }) => items.filter(({ whyNot }) => !whyNot).map(valueFor)));
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay {...scrim} />
        <Radix.Content
          onOpenAutoFocus={() => {
            moved.current = false;
            returnFocus.onOpenAutoFocus();
          }}
          onCloseAutoFocus={(event) => {
            if (moved.current) event.preventDefault();
            else returnFocus.onCloseAutoFocus(event);
          }}
          aria-describedby={undefined}
          className="fixed top-[12vh] left-1/2 z-50 w-[min(600px,calc(100vw-2rem))] -translate-x-1/2 overflow-hidden rounded-panel border border-rule bg-float text-body shadow-float"
        >
          <Radix.Title className="sr-only">Command palette</Radix.Title>
          <Command
            {...marked}
            label="Command palette"
            shouldFilter={filter}
            loop
            onKeyDown={(event) => {
              if (event.key === 'Enter' && busy && !list.current?.querySelector('[cmdk-item]')) setAwaiting(query);
            }}
          >
            <div className="flex items-center gap-2 border-rule border-b px-4">
              <Search aria-hidden="true" className="size-4 text-muted" />
              <Command.Input
                value={query}
                onValueChange={onQueryChange}
                placeholder={placeholder}
                className="h-12 min-w-0 flex-1 bg-transparent text-ink outline-none placeholder:text-muted"
              />
              <Kbd>Esc</Kbd>
            </div>
            <Command.List ref={list} className="max-h-[min(420px,60vh)] overflow-y-auto p-1">
              <Command.Empty className="px-3 py-6 text-muted">
                {busy ? 'Searching …' : `Nothing found for “${query}”. Try an order number, a name or a mail address.`}
              </Command.Empty>
              {groups
                .filter((group) => group.items.length > 0)
                .map((group) => (
                  <Command.Group
                    key={group.heading}
                    heading={group.heading}
                    className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-caption [&_[cmdk-group-heading]]:text-muted"
                  >
                    {group.items.map((item) => (
                      <Command.Item
                        key={item.id}
                        value={valueFor(item)}
                        {...(item.keywords ? { keywords: [...item.keywords] } : {})}
                        disabled={Boolean(item.whyNot)}
                        onSelect={() => {
                          moved.current = item.movesFocus === true;
                          onOpenChange(false);
                          item.onSelect();
                        }}
                        className="flex min-h-9 cursor-default items-center gap-2.5 rounded-control px-3 py-1.5 data-[disabled=true]:text-muted data-[selected=true]:bg-pick [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
                      >
                        {item.icon}
                        <span className={item.whyNot ? 'shrink-0' : 'min-w-0 flex-1 truncate'}>{item.label}</span>
                        {(item.whyNot || item.detail) && (
                          <span className="ml-auto min-w-0 truncate text-meta text-muted">
                            {item.whyNot || item.detail}
                          </span>
                        )}
                        {item.shortcut && <Kbd>{item.shortcut}</Kbd>}
                      </Command.Item>
                    ))}
                  </Command.Group>
                ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};
