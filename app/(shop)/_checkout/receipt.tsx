import type { ReactNode } from 'react';
import { Money } from '../../_ui/money.tsx';
import { ProductPicture } from '../../_ui/product-picture.tsx';
import { Stub } from '../../_ui/stub.tsx';

export interface ReceiptLine {
  readonly id: string;
  readonly name: string;
  readonly picture: string | null;
  readonly hue: number;
  readonly quantity: number;
  /** Before the discount, which stands below as one sum. */
  readonly worthMinor: number;
  /** What stands in the way of it. */
  readonly remark?: string | undefined;
}

export interface ReceiptSums {
  readonly linesMinor: number;
  readonly discountMinor: number;
  readonly shippingMinor: number;
  readonly taxMinor: number;
  readonly grandTotalMinor: number;
}

interface ReceiptProps {
  readonly title: string;
  readonly trail?: ReactNode;
  /** Left empty where they stand beside it, as in the cart. */
  readonly lines: readonly ReceiptLine[];
  readonly sums: ReceiptSums;
  readonly currency: string;
  readonly discountLabel: string | null;
  readonly shippingLabel: string;
  readonly taxLabel: string;
  /** Between the lines and the sums. */
  readonly middle?: ReactNode;
  /** Below the total. */
  readonly children?: ReactNode;
}

const SumRow = ({ label, children }: { readonly label: ReactNode; readonly children: ReactNode }) => (
  <div className="flex items-baseline justify-between gap-4 py-1">
    <dt className="min-w-0 text-muted">{label}</dt>
    <dd>{children}</dd>
  </div>
);

const LineRow = ({ line, currency }: { readonly line: ReceiptLine; readonly currency: string }) => (
  <li className="flex items-center gap-3 border-rule border-b py-2.5">
    {line.picture ? (
      <ProductPicture picture={line.picture} hue={line.hue} shape="thumb" className="size-12 shrink-0" />
    ) : (
      <span aria-hidden="true" className="size-12 shrink-0 rounded-control bg-tint" />
    )}
    <span className="min-w-0 flex-1">
      <span className="block break-words font-medium leading-5">{line.name}</span>
      <span className="block text-desk text-muted tabular-nums">{line.quantity} ×</span>
      {line.remark && <span className="block text-bad text-meta">{line.remark}</span>}
    </span>
    <Money minor={line.worthMinor} currency={currency} />
  </li>
);

/** The receipt stub: lines, what is taken off and added, and the total that is paid. */
export const Receipt = ({ title, trail, lines, sums, currency, middle, children, ...labels }: ReceiptProps) => (
  <div className="[--stub-ground:var(--page)]">
    <Stub className="rounded-t-picture bg-page px-5 pt-4 pb-3 text-admin sm:px-6">
      <div className="flex items-baseline justify-between gap-3 border-rule border-b pb-3">
        <h2 className="text-section">{title}</h2>
        {trail && <span className="text-desk text-muted">{trail}</span>}
      </div>
      {lines.length > 0 && (
        <ul aria-label="Lines" {...(lines.length > 6 ? { tabIndex: 0 } : {})} className="max-h-90 overflow-y-auto">
          {lines.map((line) => (
            <LineRow key={line.id} line={line} currency={currency} />
          ))}
        </ul>
      )}
      {middle}
      <dl className="pt-3 tabular-nums">
        <SumRow label="Items">
          <Money minor={sums.linesMinor} currency={currency} />
        </SumRow>
        {sums.discountMinor > 0 && (
          <SumRow label={labels.discountLabel ?? 'Discount'}>
            <Money minor={-sums.discountMinor} currency={currency} />
          </SumRow>
        )}
        <SumRow label={labels.shippingLabel}>
          {sums.shippingMinor === 0 ? 'Free' : <Money minor={sums.shippingMinor} currency={currency} />}
        </SumRow>
        <div className="mt-2 flex items-baseline justify-between gap-4 border-rule border-t pt-3">
          <dt className="font-semibold text-[1rem]">Total</dt>
          <dd className="text-figure">
            <Money minor={sums.grandTotalMinor} currency={currency} />
          </dd>
        </div>
        <SumRow label={labels.taxLabel}>
          <Money minor={sums.taxMinor} currency={currency} className="text-muted" />
        </SumRow>
      </dl>
      {children}
    </Stub>
  </div>
);
