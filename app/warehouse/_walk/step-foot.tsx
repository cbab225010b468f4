import type { ReactNode } from 'react';

/** The buttons of a step, always in reach of the thumb. */
export const StepFoot = ({ children }: { readonly children: ReactNode }) => (
  <div className="mt-auto shrink-0 border-rule border-t bg-sheet print:hidden">
    <div className="grid grid-cols-2 gap-2.5 px-gutter py-3 *:only:col-span-2 lg:flex lg:justify-end lg:*:min-w-48">
      {children}
    </div>
  </div>
);
