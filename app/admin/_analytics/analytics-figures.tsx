import { formatCount, formatPercent } from '../../_ui/format.ts';
import { Money } from '../../_ui/money.tsx';
import { RuledCells } from '../../_ui/ruled-cells.tsx';
import { figuresOf, type Overview } from './figures.ts';
import { changeOf } from './range.ts';
import { hoursWords, rangeWords } from './words.ts';

const changeWords = (now: number | null, before: number | null): string => {
  const change = now === null || before === null ? null : changeOf(now, before);
  if (change === null) return 'nothing to compare';
  const percent = formatPercent(change);
  return change > 0 ? `+${percent}` : percent;
};

interface AnalyticsFiguresProps {
  readonly overview: Overview;
  readonly currency: string;
}

/** What the range came to, each with its change against as many days before. */
export const AnalyticsFigures = ({ overview, currency }: AnalyticsFiguresProps) => {
  const now = figuresOf(overview.periods);
  const before = figuresOf(overview.previous);
  const money = (minor: number | null) => (minor === null ? '–' : <Money minor={minor} currency={currency} />);
  return (
    <>
      <RuledCells
        size="figure"
        className="border-rule border-y bg-sheet"
        cells={[
          {
            id: 'revenue',
            caption: 'Revenue',
            value: money(now.revenueMinor),
            detail: changeWords(now.revenueMinor, before.revenueMinor),
          },
          {
            id: 'orders',
            caption: 'Orders',
            value: formatCount(now.orders),
            detail: changeWords(now.orders, before.orders),
          },
          {
            id: 'average',
            caption: 'Average order',
            value: money(now.averageMinor),
            detail: changeWords(now.averageMinor, before.averageMinor),
          },
          {
            id: 'ship',
            caption: 'Time to ship',
            value: now.shipHours === null ? '–' : hoursWords(now.shipHours),
            detail: changeWords(now.shipHours, before.shipHours),
          },
          {
            id: 'refunded',
            caption: 'Refunded',
            value: money(now.refundedMinor),
            detail: `${formatCount(now.refunds)} ${now.refunds === 1 ? 'refund' : 'refunds'}, ${changeWords(now.refundedMinor, before.refundedMinor)}`,
          },
          {
            id: 'lost',
            caption: 'Rejected or canceled',
            value: formatCount(now.lost),
            detail: changeWords(now.lost, before.lost),
          },
        ]}
      />
      <p className="px-4 pt-2 text-meta text-muted">
        Changes against {rangeWords(overview.before)}. Revenue is what was captured; days are business time in UTC.
      </p>
    </>
  );
};
