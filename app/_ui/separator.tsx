import { cn } from './cn.ts';

/** A hairline. Decorative: headings and lists carry the structure. */
export const Separator = ({ vertical, className }: { readonly vertical?: boolean; readonly className?: string }) => (
  <div
    aria-hidden="true"
    className={cn('shrink-0 bg-rule', vertical ? 'w-px self-stretch' : 'h-px w-full', className)}
  />
);
