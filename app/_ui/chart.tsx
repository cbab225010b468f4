'use client';

import { Download, Table2 } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { Button } from './button.tsx';
import { type ChartPoint, type ChartSeries, seriesColor } from './chart-data.ts';
import { ChartPlot } from './chart-plot.tsx';
import { downloadCsv } from './csv.ts';

export type { ChartPoint, ChartSeries } from './chart-data.ts';

export interface ChartProps {
  /** "Revenue a day" */
  readonly title: string;
  /** States currency, zone and range: "EUR, Lisbon time, 1–30 Nov 2026". */
  readonly subtitle: string;
  readonly kind: 'bar' | 'line' | 'area';
  /** Bars and areas on top of each other. */
  readonly stacked?: boolean | undefined;
  readonly series: readonly ChartSeries[];
  readonly points: readonly ChartPoint[];
  /** Writes a value for labels and the table: `(minor) => formatMoney(minor, 'EUR')`. */
  readonly format: (value: number) => string;
  /** Shorter, for the axis: "€ 12k". */
  readonly formatAxis?: ((value: number) => string) | undefined;
  /** Plot height in px; 220 by default. */
  readonly height?: number | undefined;
  /** In the place of the plot when there are no points. */
  readonly empty?: ReactNode;
}

const ChartTable = ({ title, series, points, format }: Pick<ChartProps, 'title' | 'series' | 'points' | 'format'>) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
  <section aria-label={`${title}, table`} tabIndex={0} className="max-h-72 overflow-auto border-rule border-y">
    <table className="w-full text-left">
      <thead className="sticky top-0 bg-tint text-meta text-muted">
        <tr>
          <th scope="col" className="px-3 py-1.5 font-medium">
            Period
          </th>
          {series.map((each) => (
            <th key={each.key} scope="col" className="px-3 py-1.5 text-right font-medium">
              {each.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.label} className="border-rule border-t">
            <th scope="row" className="whitespace-nowrap px-3 py-1.5 font-normal">
              {point.label}
            </th>
            {series.map((each) => {
              const value = point.values[each.key];
              return (
                <td key={each.key} className="whitespace-nowrap px-3 py-1.5 text-right">
                  {value === null || value === undefined ? '' : format(value)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** A chart with its title, what it is measured in, and the same figures as a table and as CSV. */
export const Chart = ({ title, subtitle, series, points, format, empty, ...plot }: ChartProps) => {
  const [asTable, setAsTable] = useState(false);
  const titleId = useId();
  const csv = () =>
    downloadCsv(title, [
      ['Period', ...series.map((each) => each.label)],
      ...points.map((point) => [point.label, ...series.map((each) => point.values[each.key] ?? '')]),
    ]);
  return (
    <figure aria-labelledby={titleId} className="min-w-0">
      <figcaption className="flex flex-wrap items-start gap-x-2 gap-y-1 pb-2">
        <span className="min-w-0 flex-1">
          <span id={titleId} className="block font-semibold">
            {title}
          </span>
          <span className="block text-meta text-muted">{subtitle}</span>
        </span>
        <Button size="sm" variant="ghost" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          <Table2 aria-hidden="true" />
          Table
        </Button>
        <Button size="sm" variant="ghost" onClick={csv}>
          <Download aria-hidden="true" />
          CSV
        </Button>
      </figcaption>
      {points.length === 0 ? (
        empty
      ) : asTable ? (
        <ChartTable title={title} series={series} points={points} format={format} />
      ) : (
        <>
          {series.length > 1 && (
            <ul className="flex flex-wrap gap-x-4 gap-y-1 pb-2 text-meta text-muted">
              {series.map((each, index) => (
                <li key={each.key} className="flex items-center gap-1.5">
                  <span
                    aria-hidden="true"
                    style={{ background: seriesColor(each, index) }}
                    className={each.previous ? 'h-px w-3' : 'size-2.5 rounded-[2px] border border-transparent'}
                  />
                  {each.label}
                </li>
              ))}
            </ul>
          )}
          <ChartPlot series={series} points={points} format={format} {...plot} />
        </>
      )}
    </figure>
  );
};
