export interface ChartSeries {
  readonly key: string;
  readonly label: string;
  /** Fixes the colour where charts side by side show the same thing; else by order. */
  readonly color?: 1 | 2 | 3 | 4 | 5 | 6 | undefined;
  /** The period before: thin, muted. */
  readonly previous?: boolean | undefined;
}

export interface ChartPoint {
  /** On the x axis: "14 Nov". */
  readonly label: string;
  /** By series key; null leaves a gap. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** The series' colour as a CSS value. */
export const seriesColor = (series: ChartSeries, index: number): string =>
  series.previous ? 'var(--muted)' : `var(--chart-${series.color ?? (index % 6) + 1})`;
