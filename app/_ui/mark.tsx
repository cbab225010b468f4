import { cn } from './cn.ts';

/** The notched stub with its route. Decorative: the wordmark or an aria-label names it. */
export const Mark = ({ className }: { readonly className?: string | undefined }) => (
  <svg aria-hidden="true" viewBox="0 0 24 24" className={cn('size-7 shrink-0', className)}>
    <path
      fill="var(--ink)"
      d="M5 2h14a3 3 0 0 1 3 3v5a2 2 0 0 0 0 4v5a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3v-5a2 2 0 0 0 0-4V5a3 3 0 0 1 3-3Z"
    />
    <path
      fill="none"
      stroke="var(--sheet)"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      d="m6 8 2.6 8 3.4-6.5 3.4 6.5L18 8"
    />
    <circle cx="18" cy="7.6" r="2.6" fill="var(--hivis)" stroke="var(--on-hivis)" strokeWidth="1.2" />
  </svg>
);

export const Wordmark = ({ className }: { readonly className?: string | undefined }) => (
  <span translate="no" className={cn('inline-flex items-center gap-2 text-section text-ink', className)}>
    <Mark />
    <span className="font-[650] tracking-[-0.035em]">Waybill</span>
  </span>
);
