import Link from 'next/link';
import type { ReactNode } from 'react';
import { BodyDensity } from '../_ui/body-density.tsx';
import { Wordmark } from '../_ui/mark.tsx';
import { Stub } from '../_ui/stub.tsx';
import { ThemeSwitch } from '../_ui/theme-switch.tsx';

/** One sheet in the middle of the page, torn off like a receipt. */
export default function AuthLayout({ children }: { readonly children: ReactNode }) {
  return (
    <div data-density="shop" data-copy="shop" className="flex min-h-dvh flex-col bg-page">
      <BodyDensity of="shop" />
      <header className="flex items-center justify-between px-4 py-2.5 sm:px-6">
        <Link href="/" aria-label="Waybill, home" className="flex rounded-badge">
          <Wordmark />
        </Link>
        <ThemeSwitch />
      </header>
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-110 px-4 pt-10 pb-16 outline-none sm:pt-16">
        <Stub className="rounded-t-panel px-6 pt-8 pb-6 sm:px-8">{children}</Stub>
      </main>
    </div>
  );
}
