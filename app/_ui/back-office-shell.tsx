'use client';

import { Keyboard } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { memo, type ReactNode, useCallback, useState } from 'react';
import { type Account, AccountMenu } from './account-menu.tsx';
import { Avatar } from './avatar.tsx';
import { BodyDensity } from './body-density.tsx';
import { cn } from './cn.ts';
import { formatCount } from './format.ts';
import { useShortcuts } from './keys.ts';
import { type KeyHelp, KeysDialog } from './keys-dialog.tsx';
import { Mark } from './mark.tsx';
import { SkipLink } from './skip-link.tsx';
import { ThemeSwitch } from './theme-switch.tsx';
import { Tooltip } from './tooltip.tsx';

export interface NavItem {
  readonly href: string;
  readonly label: string;
  /** An element, `<Search />`, so that server layouts can pass it. */
  readonly icon: ReactNode;
  /** Current only on the very path; else below it too. */
  readonly exact?: boolean | undefined;
  readonly count?: number | undefined;
}

export type Copy = 'desk' | 'floor' | 'admin' | 'audit';
export type Density = 'desk' | 'desk-compact' | 'floor' | 'admin' | 'audit';

export interface BackOfficeShellProps {
  /** Whose copy of the waybill this is: the rail's colour, and the density unless that is given. */
  readonly copy: Copy;
  readonly density?: Density | undefined;
  readonly homeHref: string;
  readonly nav: readonly NavItem[];
  readonly account: Account;
  readonly onSignOut: () => void;
  readonly keys?: readonly KeyHelp[] | undefined;
  /** The 28 px strip at the bottom: a SyncStrip. */
  readonly strip?: ReactNode;
  readonly children: ReactNode;
}

const isCurrent = (path: string, item: NavItem): boolean =>
  item.exact ? path === item.href : path === item.href || path.startsWith(`${item.href}/`);

const railButton =
  'relative inline-flex size-9 shrink-0 items-center justify-center rounded-control border border-transparent text-muted hover:text-ink [&_svg]:size-4.5';

const RailLink = ({ item, current }: { readonly item: NavItem; readonly current: boolean }) => (
  <Tooltip content={item.label} side="right">
    <Link
      href={item.href}
      aria-label={item.count ? `${item.label}, ${formatCount(item.count)}` : item.label}
      aria-current={current ? 'page' : undefined}
      className={cn(railButton, current && 'border-rule bg-sheet text-ink')}
    >
      {item.icon}
      {item.count ? (
        <span
          aria-hidden="true"
          className="absolute -top-1 -right-1 min-w-4 rounded-full border border-rule bg-sheet px-1 text-center font-semibold text-[9px] text-ink leading-3.5"
        >
          {item.count > 99 ? '99+' : item.count}
        </span>
      ) : null}
    </Link>
  </Tooltip>
);

const BarLink = ({ item, current }: { readonly item: NavItem; readonly current: boolean }) => (
  <Link
    href={item.href}
    aria-current={current ? 'page' : undefined}
    className={cn(
      'focus-inset flex h-14 min-w-16 flex-1 flex-col items-center justify-center gap-0.5 text-caption [&_svg]:size-5',
      current ? 'font-semibold text-ink shadow-[inset_0_2px_0_var(--ink)]' : 'text-muted',
    )}
  >
    {item.icon}
    <span className="max-w-full truncate px-1">{item.label}</span>
  </Link>
);

interface MainNavProps {
  readonly copy: Copy;
  readonly homeHref: string;
  readonly nav: readonly NavItem[];
  readonly account: Account;
  readonly onSignOut: () => void;
  /** Without it there are no keys to list. */
  readonly onKeys: (() => void) | undefined;
}

/** The rail at the left. Like the bar below it is not drawn anew with what it stands beside. */
const Rail = memo(({ homeHref, nav, account, onSignOut, onKeys }: MainNavProps) => {
  const path = usePathname();
  return (
    <nav
      aria-label="Main"
      className="flex w-[52px] shrink-0 flex-col items-center gap-1 border-rule border-r bg-copy py-2.5 max-sm:hidden"
    >
      <Link href={homeHref} aria-label="Waybill, home" className="mb-3 rounded-control">
        <Mark className="size-8" />
      </Link>
      {nav.map((item) => (
        <RailLink key={item.href} item={item} current={isCurrent(path, item)} />
      ))}
      <span className="mt-auto" />
      <ThemeSwitch side="right" className="hover:bg-sheet" />
      {onKeys && (
        <Tooltip content="Keys" shortcut="?" side="right">
          <button type="button" aria-label="Keys" onClick={onKeys} className={railButton}>
            <Keyboard aria-hidden="true" />
          </button>
        </Tooltip>
      )}
      <AccountMenu account={account} onSignOut={onSignOut} side="right" className={railButton}>
        <Avatar name={account.name} className="size-6 text-[10px]" />
      </AccountMenu>
    </nav>
  );
});
Rail.displayName = 'Rail';

const BottomBar = memo(({ copy, nav, account, onSignOut }: MainNavProps) => {
  const path = usePathname();
  return (
    <nav
      aria-label="Main"
      className={cn(
        'flex shrink-0 items-stretch overflow-x-auto border-rule border-t bg-copy sm:hidden',
        // Tasks are on the floor alone; elsewhere `:has` would be asked again at each change of the page.
        copy === 'floor' && 'group-has-[[data-copy-bar]]/shell:hidden',
      )}
    >
      {nav.map((item) => (
        <BarLink key={item.href} item={item} current={isCurrent(path, item)} />
      ))}
      <ThemeSwitch side="top" className="h-14 w-12" />
      <AccountMenu
        account={account}
        onSignOut={onSignOut}
        side="top"
        className="focus-inset flex h-14 w-14 shrink-0 items-center justify-center"
      >
        <Avatar name={account.name} className="size-6 text-[10px]" />
      </AccountMenu>
    </nav>
  );
});
BottomBar.displayName = 'BottomBar';

/** Rail of 52 px in the copy's colour, main, strip; below 640 px a bar at the bottom. Main scrolls, the page doesn't. */
export const BackOfficeShell = (props: BackOfficeShellProps) => {
  const { copy, density = copy, homeHref, nav, account, onSignOut, keys = [], strip, children } = props;
  const [keysOpen, setKeysOpen] = useState(false);
  const openKeys = useCallback(() => setKeysOpen(true), []);
  useShortcuts({ '?': openKeys }, keys.length > 0);
  const main = { copy, homeHref, nav, account, onSignOut, onKeys: keys.length > 0 ? openKeys : undefined };
  return (
    <div data-density={density} data-copy={copy} className="group/shell flex h-dvh flex-col bg-page sm:flex-row">
      <BodyDensity of={density} />
      <SkipLink />
      <Rail {...main} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <main id="content" tabIndex={-1} className="min-h-0 flex-1 overflow-auto outline-none">
          {children}
        </main>
        {strip && <section aria-label="State of the data">{strip}</section>}
      </div>
      <BottomBar {...main} />
      {keys.length > 0 && <KeysDialog open={keysOpen} onOpenChange={setKeysOpen} keys={keys} />}
    </div>
  );
};
