import { cn } from './cn.ts';
import { formatMoney } from './format.ts';

export interface MoneyProps {
  /** Integer minor units: 6490 is € 64.90. */
  readonly minor: number;
  /** ISO 4217. */
  readonly currency: string;
  /** Shows the code too, where currencies mix. */
  readonly code?: boolean | undefined;
  /** "+ € 19.90" for a change. */
  readonly signed?: boolean | undefined;
  readonly className?: string | undefined;
}

/** An amount with aligned digits that never breaks over lines. Right-align its cell in tables. */
export const Money = ({ minor, currency, code, signed, className }: MoneyProps) => (
  <span className={cn('whitespace-nowrap tabular-nums', className)} translate="no">
    {formatMoney(minor, currency, { code, signed })}
  </span>
);
