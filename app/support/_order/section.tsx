import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  readonly lead?: ReactNode;
  readonly trail?: ReactNode;
  readonly children: ReactNode;
}

/** A ruled part of the order's page. */
export const Section = ({ title, lead, trail, children }: SectionProps) => (
  <section aria-label={title}>
    <header className="flex min-h-9 items-baseline gap-2 border-rule border-b py-2">
      <h3 className="font-semibold text-admin">{title}</h3>
      {lead && <span className="text-muted">{lead}</span>}
      {trail && <span className="ml-auto text-right text-muted">{trail}</span>}
    </header>
    {children}
  </section>
);
