'use client';

import { Package, Search, ShoppingBag, UserRound } from 'lucide-react';
import Form from 'next/form';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { type Account, AccountMenu } from './account-menu.tsx';
import { BodyDensity } from './body-density.tsx';
import { cn } from './cn.ts';
import { formatCount } from './format.ts';
import { Input } from './input.tsx';
import { Wordmark } from './mark.tsx';
import { SkipLink } from './skip-link.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

export interface ShopLink {
  readonly href: string;
  readonly label: string;
  /** Overrides what the path says, for links that differ in their query. */
  readonly current?: boolean | undefined;
}

export interface ShopShellProps {
  readonly categories: readonly ShopLink[];
  /** Where the search form sends `?q=`. */
  readonly searchHref: string;
  readonly searchPlaceholder: string;
  /** What is searched now, on the page of results. */
  readonly query?: string | undefined;
  readonly ordersHref: string;
  readonly cartHref: string;
  readonly cartCount: number;
  readonly signInHref: string;
  /** null for a guest. */
  readonly account: Account | null;
  readonly accountLinks?: readonly ShopLink[] | undefined;
  readonly onSignOut: () => void;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
}

const barLink =
  'inline-flex items-center gap-2 whitespace-nowrap rounded-badge font-medium text-muted hover:text-ink [&_svg]:size-5 [&_svg]:shrink-0';

/** White top bar, content up to 1200 px wide is the page's to set, footer. */
export const ShopShell = (props: ShopShellProps) => {
  const { categories, searchHref, searchPlaceholder, query, ordersHref, cartHref, cartCount, signInHref } = props;
  const { account, accountLinks, onSignOut, footer, children } = props;
  const path = usePathname();
  const at = (href: string) => path === href || path.startsWith(`${href}/`);
  return (
    <div data-density="shop" data-copy="shop" className="flex min-h-dvh flex-col bg-sheet">
      <BodyDensity of="shop" />
      <SkipLink />
      <header className="sticky top-0 z-30 border-rule border-b bg-copy max-lg:static">
        <div className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-2.5 sm:px-6 xl:px-10">
          <Link href="/" aria-label="Waybill, home" className="flex rounded-badge">
            <Wordmark />
          </Link>
          <nav
            aria-label="Categories"
            className="flex gap-6 overflow-x-auto max-lg:order-last max-lg:w-full max-lg:py-1"
          >
            {categories.map((category) => {
              const current = category.current ?? at(category.href);
              return (
                <Link
                  key={category.href}
                  href={category.href}
                  aria-current={current ? 'page' : undefined}
                  className={cn(
                    'focus-inset rounded-badge font-medium hover:text-ink',
                    current ? 'text-ink' : 'text-muted',
                  )}
                >
                  {category.label}
                </Link>
              );
            })}
          </nav>
          <Form
            action={searchHref}
            role="search"
            className="ml-auto w-75 max-xl:w-56 max-sm:order-3 max-sm:ml-0 max-sm:w-full"
          >
            <Input
              key={query}
              type="search"
              name="q"
              aria-label="Search products"
              defaultValue={query}
              placeholder={searchPlaceholder}
              lead={<Search aria-hidden="true" />}
              className="h-10"
            />
          </Form>
          <div className="flex items-center gap-4 max-sm:ml-auto max-sm:gap-3 lg:gap-6">
            <Link href={ordersHref} aria-current={at(ordersHref) ? 'page' : undefined} className={barLink}>
              <Package aria-hidden="true" />
              <span className="max-sm:sr-only">Orders</span>
            </Link>
            <Link
              href={cartHref}
              aria-label={`Cart, ${formatCount(cartCount)} ${cartCount === 1 ? 'item' : 'items'}`}
              aria-current={at(cartHref) ? 'page' : undefined}
              className={cn(barLink, 'text-ink')}
            >
              <ShoppingBag aria-hidden="true" />
              <span className="tabular-nums">
                <span className="max-sm:hidden">Cart</span>
                {cartCount > 0 && (
                  <>
                    <span className="max-sm:hidden">, </span>
                    {formatCount(cartCount)}
                  </>
                )}
              </span>
            </Link>
            {account ? (
              <AccountMenu
                account={account}
                {...(accountLinks ? { links: accountLinks } : {})}
                onSignOut={onSignOut}
                className={barLink}
              >
                <UserRound aria-hidden="true" />
                <span className="max-w-32 truncate max-lg:sr-only">{account.name.split(' ')[0]}</span>
              </AccountMenu>
            ) : (
              <Link href={signInHref} className={barLink}>
                <UserRound aria-hidden="true" />
                <span className="max-lg:sr-only">Sign in</span>
              </Link>
            )}
            <ThemeSwitch className="-mx-2" />
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="flex-1 outline-none">
        {children}
      </main>
      {footer && (
        <footer className="mt-16 border-rule border-t bg-page px-4 py-6 text-desk text-muted sm:px-6 xl:px-10">
          {footer}
        </footer>
      )}
    </div>
  );
};
