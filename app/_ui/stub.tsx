import type { ReactNode } from 'react';
import { cn } from './cn.ts';

export interface StubProps {
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A sheet that ends in a perforated edge: order header, receipt. */
export const Stub = ({ className, children }: StubProps) => (
  <div>
    <div className={cn('bg-sheet', className)}>{children}</div>
    <div aria-hidden="true" className="stub-edge" />
  </div>
);
