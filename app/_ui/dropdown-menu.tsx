'use client';

import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn.ts';
import { Kbd } from './kbd.tsx';

/** Not modal: the page stays readable and scrolls while a menu is open. */
export const DropdownMenu = (props: ComponentProps<typeof Radix.Root>) => <Radix.Root modal={false} {...props} />;
export const DropdownMenuTrigger = Radix.Trigger;
export const DropdownMenuRadioGroup = Radix.RadioGroup;

export const DropdownMenuContent = ({ className, ...props }: ComponentProps<typeof Radix.Content>) => (
  <Radix.Portal>
    <Radix.Content
      sideOffset={4}
      collisionPadding={8}
      align="end"
      className={cn(
        'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto rounded-control border border-rule bg-float p-1 text-body shadow-float',
        className,
      )}
      {...props}
    />
  </Radix.Portal>
);

const itemLooks =
  'relative flex min-h-control-sm cursor-default select-none items-center gap-2 rounded-badge px-2 py-1 outline-none data-disabled:opacity-50 data-highlighted:bg-pick [&_svg]:size-4 [&_svg]:shrink-0';

export interface DropdownMenuItemProps extends ComponentProps<typeof Radix.Item> {
  readonly shortcut?: string | undefined;
  readonly danger?: boolean | undefined;
}

export const DropdownMenuItem = ({
  shortcut,
  danger,
  className,
  children,
  asChild,
  ...props
}: DropdownMenuItemProps) => (
  <Radix.Item className={cn(itemLooks, danger && 'text-bad', className)} asChild={asChild ?? false} {...props}>
    {asChild ? (
      children
    ) : (
      <>
        {children}
        {shortcut && <Kbd className="ml-auto">{shortcut}</Kbd>}
      </>
    )}
  </Radix.Item>
);

export const DropdownMenuRadioItem = ({ className, children, ...props }: ComponentProps<typeof Radix.RadioItem>) => (
  <Radix.RadioItem className={cn(itemLooks, 'pr-8', className)} {...props}>
    {children}
    <Radix.ItemIndicator className="absolute right-2">
      <Check aria-hidden="true" />
    </Radix.ItemIndicator>
  </Radix.RadioItem>
);

export const DropdownMenuLabel = ({ className, ...props }: ComponentProps<typeof Radix.Label>) => (
  <Radix.Label className={cn('px-2 pt-1.5 pb-1 text-caption text-muted', className)} {...props} />
);

export const DropdownMenuSeparator = () => <Radix.Separator className="-mx-1 my-1 h-px bg-rule" />;
