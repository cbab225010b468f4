'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { announce } from './announce.tsx';
import { cn } from './cn.ts';

export interface CopyButtonProps {
  readonly value: string;
  /** What is copied: "order number". */
  readonly what: string;
  readonly className?: string | undefined;
}

export const CopyButton = ({ value, what, className }: CopyButtonProps) => {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    announce(`Copied ${what} ${value}`);
  };
  return (
    <button
      type="button"
      aria-label={`Copy ${what} ${value}`}
      onClick={() => void copy()}
      className={cn(
        'inline-flex size-6 shrink-0 items-center justify-center rounded-badge text-muted hover:bg-tint hover:text-ink',
        className,
      )}
    >
      {copied ? <Check aria-hidden="true" className="size-3.5" /> : <Copy aria-hidden="true" className="size-3.5" />}
    </button>
  );
};

export interface IdentifierProps {
  readonly value: string;
  /** What it is, for the copy button: "order number", "SKU", "tracking number". */
  readonly what: string;
  /** hover (default) shows the copy button on hover and focus; always; never, inside of links and grid rows. */
  readonly copy?: 'hover' | 'always' | 'never' | undefined;
  readonly className?: string | undefined;
}

/** Mono, unbroken, never translated. */
export const Identifier = ({ value, what, copy = 'hover', className }: IdentifierProps) => (
  <span className={cn('group/id inline-flex items-center gap-1 whitespace-nowrap font-mono', className)}>
    <span translate="no">{value}</span>
    {copy !== 'never' && (
      <CopyButton
        value={value}
        what={what}
        className={cn(
          copy === 'hover' &&
            'opacity-0 focus-visible:opacity-100 group-hover/id:opacity-100 pointer-coarse:opacity-100',
        )}
      />
    )}
  </span>
);

type OfKind = Omit<IdentifierProps, 'what'>;

export const OrderNumber = (props: OfKind) => <Identifier what="order number" {...props} />;
export const Sku = (props: OfKind) => <Identifier what="SKU" {...props} />;
export const Bin = (props: OfKind) => <Identifier what="bin" {...props} />;
export const TrackingNumber = (props: OfKind) => <Identifier what="tracking number" {...props} />;
