import type { ReactNode } from 'react';
import { BodyDensity } from '../_ui/body-density.tsx';
import { Stub } from '../_ui/stub.tsx';

/** The simulated bank: no shop around it, as a bank would have none. */
export default function PayLayout({ children }: { readonly children: ReactNode }) {
  return (
    <div data-density="shop" data-copy="shop" className="min-h-dvh bg-page">
      <BodyDensity of="shop" />
      <main id="content" tabIndex={-1} className="mx-auto w-full max-w-110 px-4 pt-10 pb-16 outline-none sm:pt-24">
        <Stub className="rounded-t-panel px-6 pt-8 pb-6 sm:px-8">{children}</Stub>
        <p className="mt-6 text-desk text-muted">A demo: this page stands for your bank’s own. No money moves.</p>
      </main>
    </div>
  );
}
