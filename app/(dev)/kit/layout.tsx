import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';

/** The gallery of the kit: for development, and for the pictures and axe runs of tests. */
export default function KitLayout({ children }: { readonly children: ReactNode }) {
  // Not by server/env.ts: the kit must open where no database is configured.
  if (process.env.NODE_ENV === 'production' && !process.env.WAYBILL_TEST_MODE) notFound();
  return children;
}
