'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn.ts';

export const Tabs = (props: ComponentProps<typeof Radix.Root>) => <Radix.Root {...props} />;

export const TabsList = ({ className, ...props }: ComponentProps<typeof Radix.List>) => (
  <Radix.List className={cn('flex items-center gap-4 overflow-x-auto', className)} {...props} />
);

const tabLooks =
  'inline-flex h-control shrink-0 items-center gap-1 whitespace-nowrap font-medium text-muted hover:text-ink data-[state=active]:font-semibold data-[state=active]:text-ink';

export interface TabsTriggerProps extends ComponentProps<typeof Radix.Trigger> {
  readonly count?: number | undefined;
}

/** "Holds 14": the word and, where known, how many. */
export const TabsTrigger = ({ count, className, children, ...props }: TabsTriggerProps) => (
  <Radix.Trigger className={cn(tabLooks, className)} {...props}>
    {children}
    {count !== undefined && <span className="tabular-nums">{count.toLocaleString('en-US')}</span>}
  </Radix.Trigger>
);

export const TabsContent = ({ className, ...props }: ComponentProps<typeof Radix.Content>) => (
  <Radix.Content className={cn('pt-3', className)} {...props} />
);

export interface ViewTab {
  readonly id: string;
  readonly label: string;
  /** As words where it isn't counted to its end: "999+". */
  readonly count?: number | string | undefined;
}

export interface ViewTabsProps {
  /** What the views are of: "Orders". */
  readonly label: string;
  readonly views: readonly ViewTab[];
  readonly value: string;
  readonly onValueChange: (id: string) => void;
  readonly trail?: ReactNode;
}

/** Saved views over one list ("All open, Holds 14, Mine 9"): pressed buttons, since the list below is one and the same. */
export const ViewTabs = ({ label, views, value, onValueChange, trail }: ViewTabsProps) => (
  <fieldset aria-label={label} className="flex min-w-0 items-center gap-4 overflow-x-auto">
    {views.map((view) => (
      <button
        key={view.id}
        type="button"
        aria-pressed={view.id === value}
        data-state={view.id === value ? 'active' : 'inactive'}
        onClick={() => onValueChange(view.id)}
        className={cn(tabLooks, 'focus-inset')}
      >
        {view.label}
        {view.count !== undefined && <span className="tabular-nums">{view.count.toLocaleString('en-US')}</span>}
      </button>
    ))}
    {trail && <span className="ml-auto">{trail}</span>}
  </fieldset>
);
