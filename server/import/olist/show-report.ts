import { formatBrl } from './amount.ts';
import type { Check, ImportReport } from './report.ts';

const grouped = (number: number): string => number.toLocaleString('en-US');

const shown = (value: number, unit: Check['unit']): string => {
  if (unit === 'count') return grouped(value);
  const [whole = '', cents = ''] = formatBrl(value).slice(3).split('.');
  return `R$ ${grouped(Number(whole))}.${cents}`;
};

/** Rows as aligned columns; `right` are the columns of numbers. */
const table = (rows: readonly (readonly string[])[], right: readonly number[]): string => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string =>
    right.includes(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0);
  const [head = [], ...body] = rows.map((row) => `  ${row.map(cell).join('  ')}`.trimEnd());
  return [head, `  ${widths.map((width) => '─'.repeat(width)).join('  ')}`, ...body].join('\n');
};

const checksTable = (checks: readonly Check[]): string =>
  table(
    [
      ['', 'in', 'out', ''],
      ...checks.map(({ what, unit, in: input, out, isEqual }) => [
        what,
        shown(input, unit),
        shown(out, unit),
        isEqual ? '✓' : '✗ DIFFERS',
      ]),
    ],
    [1, 2],
  );

const inconsistenciesTable = ({ inconsistencies }: ImportReport): string => {
  const found = inconsistencies.filter(({ count }) => count > 0);
  return table(
    [
      ['kind', 'count', 'of', 'what the import makes of it', 'such as'],
      ...found.map(({ title, count, of, handling, examples: [first] }) => [
        title,
        grouped(count),
        count === 1 ? of : `${of}s`,
        handling,
        first ? `${first.orderNumber ?? first.olistOrderId}` : '',
      ]),
    ],
    [1],
  );
};

const projectionsLine = ({ projections, run }: ImportReport): string => {
  if (!projections) return 'No projection followed: they catch up when Waybill runs.';
  if (!projections.areCaughtUp)
    return `Still behind: ${projections.behind.map(({ projection }) => projection).join(', ')}. They catch up when Waybill runs.`;
  return (
    `The projections followed, and had folded everything ${projections.secondsBehind.toFixed(1)} s after the last ` +
    `append: ${grouped(run.eventsProjectedPerSecond ?? 0)} events/s with projections`
  );
};

/** The report as a person reads it at the terminal. */
export const showReport = (report: ImportReport): string => {
  const { run, checks, inconsistencies } = report;
  const never = inconsistencies.filter(({ count }) => count === 0);
  const skipped = run.ordersSkipped > 0 ? `, ${grouped(run.ordersSkipped)} orders were there before` : '';
  return [
    'What went in, and what the database holds',
    checksTable(checks),
    '',
    'What is at odds in the source',
    inconsistenciesTable(report),
    ...(never.length > 0 ? [`  Not found: ${never.map(({ kind }) => kind).join(', ')}`] : []),
    '',
    `${grouped(run.eventsAppended)} events in ${run.appendSeconds.toFixed(1)} s: ` +
      `${grouped(run.eventsPerSecond)} events/s${skipped}`,
    projectionsLine(report),
    `Read ${run.readSeconds.toFixed(1)} s, validated ${run.validateSeconds.toFixed(1)} s, ` +
      `in all ${run.totalSeconds.toFixed(1)} s, peak memory ${grouped(run.peakMemoryMb)} MB`,
    report.isComplete
      ? 'Complete: every order, every line and every cent is there.'
      : `NOT complete: ${checks.filter(({ isEqual }) => !isEqual).length} sums differ.`,
  ].join('\n');
};
