import type { ReactNode } from 'react';
import { cn } from '../../_ui/cn.ts';

/** The column that every page of the shop stands in. */
export const ShopColumn = ({ className, children }: { readonly className?: string; readonly children: ReactNode }) => (
  <div className={cn('mx-auto max-w-[1248px] px-4 pt-6 sm:px-6', className)}>{children}</div>
);
