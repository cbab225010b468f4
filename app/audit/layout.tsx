import type { Metadata } from 'next';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { requireRole } from '../_server/visitor.ts';
import { AuditFrame } from './_frame/audit-frame.tsx';

export const metadata: Metadata = { title: { default: 'History', template: '%s · Waybill' } };

export default async function AuditLayout({ children }: { readonly children: ReactNode }) {
  const { name, role } = await requireRole('auditor', 'admin');
  return (
    <NuqsAdapter>
      <AuditFrame account={{ name, detail: role === 'admin' ? 'Administrator' : 'Auditor' }}>{children}</AuditFrame>
    </NuqsAdapter>
  );
}
