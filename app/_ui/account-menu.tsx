'use client';

import { LogOut } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from './dropdown-menu.tsx';

export interface Account {
  readonly name: string;
  /** A second line: mail address or role. */
  readonly detail?: string | undefined;
}

export interface AccountMenuProps {
  readonly account: Account;
  readonly links?: readonly { readonly href: string; readonly label: string }[] | undefined;
  readonly onSignOut: () => void;
  readonly side?: 'right' | 'bottom' | 'top' | undefined;
  /** The opener's content and looks. */
  readonly children: ReactNode;
  readonly className?: string | undefined;
}

export const AccountMenu = ({
  account,
  links = [],
  onSignOut,
  side = 'bottom',
  children,
  className,
}: AccountMenuProps) => (
  <DropdownMenu>
    <DropdownMenuTrigger aria-label={`Account of ${account.name}`} className={className}>
      {children}
    </DropdownMenuTrigger>
    <DropdownMenuContent side={side}>
      <DropdownMenuLabel>
        <span className="block font-semibold text-body text-ink">{account.name}</span>
        {account.detail && <span className="block">{account.detail}</span>}
      </DropdownMenuLabel>
      <DropdownMenuSeparator />
      {links.map((link) => (
        <DropdownMenuItem key={link.href} asChild>
          <Link href={link.href}>{link.label}</Link>
        </DropdownMenuItem>
      ))}
      <DropdownMenuItem onSelect={onSignOut}>
        <LogOut aria-hidden="true" />
        Sign out
      </DropdownMenuItem>
    </DropdownMenuContent>
  </DropdownMenu>
);
