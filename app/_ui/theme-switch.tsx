'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { cn } from './cn.ts';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from './dropdown-menu.tsx';

const themes = [
  { value: 'system', label: 'As the system', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
] as const;

/** System, light or dark. */
export const ThemeSwitch = ({
  side,
  className,
}: {
  readonly side?: 'right' | 'bottom' | 'top';
  readonly className?: string | undefined;
}) => {
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label="Theme"
        className={cn(
          'inline-flex size-9 items-center justify-center rounded-control text-muted hover:bg-tint hover:text-ink',
          className,
        )}
      >
        <Sun aria-hidden="true" className="size-4.5 dark:hidden" />
        <Moon aria-hidden="true" className="hidden size-4.5 dark:block" />
      </DropdownMenuTrigger>
      <DropdownMenuContent side={side ?? 'bottom'}>
        <DropdownMenuRadioGroup value={theme ?? 'system'} onValueChange={setTheme}>
          {themes.map(({ value, label, icon: Icon }) => (
            <DropdownMenuRadioItem key={value} value={value}>
              <Icon aria-hidden="true" />
              {label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
};
