import type { ReactNode } from 'react';

export const KitSection = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="flex flex-col gap-4 border-rule border-t pt-4">
    <h2 className="text-section">{title}</h2>
    {children}
  </section>
);
