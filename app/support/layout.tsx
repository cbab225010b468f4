import type { Metadata } from 'next';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { requireRole } from '../_server/visitor.ts';

export const metadata: Metadata = { title: 'Orders' };

export default async function SupportLayout({ children }: { readonly children: ReactNode }) {
  await requireRole('support', 'admin');
  return <NuqsAdapter>{children}</NuqsAdapter>;
}
