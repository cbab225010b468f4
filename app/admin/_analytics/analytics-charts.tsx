'use client';

import { Chart } from '../../_ui/chart.tsx';
import { formatCount, formatMoney } from '../../_ui/format.ts';
import type { Overview } from './figures.ts';
import type { Range } from './range.ts';
import { axisMoney, channelName, countryName, hoursWords, periodLabel, rangeWords, stepWords } from './words.ts';

type Period = Overview['periods'][number];

interface AnalyticsChartsProps {
  readonly overview: Overview;
  readonly currency: string;
  readonly range: Range;
  /** Whether channel or country narrow the charts; the SKUs are always of all. */
  readonly narrowed: boolean;
}

const countriesMost = 8;
const hoursOf = ({ shipped, shipSeconds }: Period): number | null =>
  shipped === 0 ? null : shipSeconds / shipped / 3_600;

/** By time with the period before beside it; by channel, country and SKU. */
export const AnalyticsCharts = ({ overview, currency, range, narrowed }: AnalyticsChartsProps) => {
  const { step, periods, previous, channels, countries, skus } = overview;
  const money = (minor: number) => formatMoney(minor, currency);
  const moneyAxis = (minor: number) => axisMoney(minor, currency);
  const subtitle = `${currency}, UTC, ${rangeWords(range)}`;
  const unitless = `UTC, ${rangeWords(range)}`;
  const hasPrevious = previous.some(({ orders, revenueMinor }) => orders > 0 || revenueMinor > 0);
  const series = (label: string) => [
    { key: 'now', label, color: 1 as const },
    ...(hasPrevious ? [{ key: 'before', label: 'The period before', previous: true }] : []),
  ];
  const points = (value: (period: Period) => number | null) =>
    periods.map((period, index) => {
      const before = previous[index];
      return {
        label: periodLabel(period.start, step),
        values: { now: value(period), ...(hasPrevious ? { before: before ? value(before) : null } : {}) },
      };
    });
  const every = `a ${stepWords[step]}`;
  const named = (
    rows: readonly { readonly key: string; readonly revenueMinor: number }[],
    name: (key: string) => string,
  ) => rows.map(({ key, revenueMinor }) => ({ label: name(key), values: { now: revenueMinor } }));
  const shownCountries = countries.slice(0, countriesMost);
  const others = countries.slice(countriesMost);
  const byCountry = [
    ...named(shownCountries, (code) => (shownCountries.length > 6 ? code : countryName(code))),
    ...(others.length > 0
      ? [
          {
            label: `${others.length} others`,
            values: { now: others.reduce((sum, each) => sum + each.revenueMinor, 0) },
          },
        ]
      : []),
  ];
  const one = (label: string) => [{ key: 'now', label, color: 1 as const }];
  return (
    <div className="grid gap-x-10 gap-y-8 px-4 py-5 xl:grid-cols-2">
      <Chart
        title={`Revenue ${every}`}
        subtitle={subtitle}
        kind="line"
        series={series('Revenue')}
        points={points(({ revenueMinor }) => revenueMinor)}
        format={money}
        formatAxis={moneyAxis}
      />
      <Chart
        title={`Orders ${every}`}
        subtitle={unitless}
        kind="line"
        series={series('Orders')}
        points={points(({ orders }) => orders)}
        format={formatCount}
      />
      <Chart
        title={`Time to ship by ${stepWords[step]}`}
        subtitle={`From placing to the first parcel leaving, ${unitless}`}
        kind="line"
        series={series('Time to ship')}
        points={points(hoursOf)}
        format={hoursWords}
      />
      <Chart
        title={`Refunds by ${stepWords[step]}`}
        subtitle={subtitle}
        kind="line"
        series={series('Refunded')}
        points={points(({ refundedMinor }) => refundedMinor)}
        format={money}
        formatAxis={moneyAxis}
      />
      <Chart
        title="Revenue by channel"
        subtitle={subtitle}
        kind="bar"
        series={one('Revenue')}
        points={named(channels, channelName)}
        format={money}
        formatAxis={moneyAxis}
      />
      <Chart
        title="Revenue by country"
        subtitle={subtitle}
        kind="bar"
        series={one('Revenue')}
        points={byCountry}
        format={moneyAxis}
        formatAxis={moneyAxis}
      />
      <div className="min-w-0 xl:col-span-2">
        <Chart
          title="Ordered by SKU"
          subtitle={`The ${skus.length} that sold for most${narrowed ? ', all channels and countries' : ''}, ${subtitle}`}
          kind="bar"
          series={one('Ordered')}
          points={skus.map(({ sku, orderedMinor }) => ({
            label: sku.length > 14 ? `${sku.slice(0, 12)}…` : sku,
            values: { now: orderedMinor },
          }))}
          format={moneyAxis}
          formatAxis={moneyAxis}
        />
      </div>
    </div>
  );
};
