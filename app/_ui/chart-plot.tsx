'use client';

import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  LabelList,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { type ChartPoint, type ChartSeries, seriesColor } from './chart-data.ts';

interface ChartPlotProps {
  readonly kind: 'bar' | 'line' | 'area';
  readonly stacked?: boolean | undefined;
  readonly series: readonly ChartSeries[];
  readonly points: readonly ChartPoint[];
  readonly format: (value: number) => string;
  readonly formatAxis?: ((value: number) => string) | undefined;
  readonly height?: number | undefined;
}

/** Bars in so few columns carry their value above them. */
const DIRECT_LABELS_MAX = 12;

const axisLooks = { tick: { fontSize: 12, fill: 'var(--muted)' }, tickLine: false, axisLine: false } as const;

export const ChartPlot = ({ kind, stacked, series, points, format, formatAxis, height = 220 }: ChartPlotProps) => {
  const direct = kind === 'bar' && series.length === 1 && points.length <= DIRECT_LABELS_MAX;
  const shared = [
    <CartesianGrid key="grid" vertical={false} stroke="var(--rule)" />,
    <XAxis
      key="x"
      dataKey="label"
      minTickGap={24}
      padding={kind === 'bar' ? 'no-gap' : { left: 12, right: 12 }}
      {...axisLooks}
    />,
    <YAxis key="y" width="auto" tickFormatter={formatAxis ?? format} {...axisLooks} />,
    <Tooltip
      key="tip"
      isAnimationActive={false}
      formatter={(value) => (typeof value === 'number' ? format(value) : String(value ?? ''))}
      cursor={kind === 'bar' ? { fill: 'var(--tint)' } : { stroke: 'var(--field)' }}
      contentStyle={{
        background: 'var(--float)',
        border: '1px solid var(--rule)',
        borderRadius: 6,
        boxShadow: 'var(--shadow-soft)',
        fontSize: 12,
        padding: '6px 10px',
      }}
      labelStyle={{ color: 'var(--muted)' }}
      itemStyle={{ color: 'var(--ink)', padding: 0 }}
    />,
  ];
  const common = (each: ChartSeries, index: number) => ({
    dataKey: (point: ChartPoint) => point.values[each.key] ?? null,
    name: each.label,
    isAnimationActive: false as const,
    color: seriesColor(each, index),
    strokeWidth: each.previous ? 1 : 2,
  });
  const data = [...points];
  const margin = { top: 16, right: 8, bottom: 0, left: 0 };
  return (
    <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 600, height }}>
      {kind === 'bar' ? (
        <BarChart data={data} margin={margin} barCategoryGap="24%" barGap={2}>
          {shared}
          {series.map((each, index) => {
            const { color, strokeWidth: _, ...bar } = common(each, index);
            return (
              <Bar key={each.key} {...bar} fill={color} {...(stacked ? { stackId: 'all' } : {})}>
                {direct && (
                  <LabelList
                    position="top"
                    fill="var(--ink)"
                    fontSize={12}
                    formatter={(value) => (typeof value === 'number' ? format(value) : '')}
                  />
                )}
              </Bar>
            );
          })}
        </BarChart>
      ) : kind === 'line' ? (
        <LineChart data={data} margin={margin}>
          {shared}
          {series.map((each, index) => {
            const { color, ...line } = common(each, index);
            return <Line key={each.key} {...line} stroke={color} dot={false} type="linear" />;
          })}
        </LineChart>
      ) : (
        <AreaChart data={data} margin={margin}>
          {shared}
          {series.map((each, index) => {
            const { color, ...area } = common(each, index);
            return (
              <Area
                key={each.key}
                {...area}
                stroke={color}
                fill={color}
                fillOpacity={each.previous ? 0 : 0.16}
                type="linear"
                {...(stacked ? { stackId: 'all' } : {})}
              />
            );
          })}
        </AreaChart>
      )}
    </ResponsiveContainer>
  );
};
