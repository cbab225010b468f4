import type { Metadata } from 'next';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { requireRole } from '../_server/visitor.ts';
import { WarehouseFrame } from './_frame/warehouse-frame.tsx';

export const metadata: Metadata = { title: { default: 'Warehouse', template: '%s · Warehouse · Waybill' } };

export default async function WarehouseLayout({ children }: { readonly children: ReactNode }) {
  const viewer = await requireRole('warehouse', 'admin');
  return (
    <NuqsAdapter>
      <WarehouseFrame account={{ id: viewer.id, name: viewer.name, isAdmin: viewer.role === 'admin' }}>
        {children}
      </WarehouseFrame>
    </NuqsAdapter>
  );
}
