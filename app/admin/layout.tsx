import type { Metadata } from 'next';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { requireRole } from '../_server/visitor.ts';
import { AdminFrame } from './_frame/admin-frame.tsx';

export const metadata: Metadata = { title: { default: 'Fulfillment', template: '%s · Waybill' } };

export default async function AdminLayout({ children }: { readonly children: ReactNode }) {
  const viewer = await requireRole('admin');
  return (
    <NuqsAdapter>
      <AdminFrame account={{ name: viewer.name, detail: 'Administrator' }}>{children}</AdminFrame>
    </NuqsAdapter>
  );
}
