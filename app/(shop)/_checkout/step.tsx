import { type ReactNode, useId } from 'react';

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly trail?: ReactNode;
  readonly children: ReactNode;
}

/** One part of the form: number and title over a hairline. */
export const Step = ({ number, title, trail, children }: StepProps) => {
  const id = useId();
  return (
    <section aria-labelledby={id} className="border-rule border-t pt-5 pb-9">
      <div className="mb-4 flex items-baseline gap-3">
        <span aria-hidden="true" className="text-muted text-title tabular-nums">
          {number}
        </span>
        <h2 id={id} className="flex-1 text-title">
          {title}
        </h2>
        {trail}
      </div>
      {children}
    </section>
  );
};
