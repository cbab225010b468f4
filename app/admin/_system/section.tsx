import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  readonly trail?: ReactNode;
  readonly children: ReactNode;
}

/** A titled part of the System screen, ruled off from the next. */
export const Section = ({ title, trail, children }: SectionProps) => {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-rule border-b px-4 py-5">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-1 pb-2">
        <h2 id={id} className="text-section">
          {title}
        </h2>
        {trail && <span className="ml-auto text-muted">{trail}</span>}
      </header>
      {children}
    </section>
  );
};
