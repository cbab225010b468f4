import cliProgress from 'cli-progress';
import type { ImportOptions } from './import-olist.ts';

export type ProgressDisplay = {
  readonly update: NonNullable<ImportOptions['onProgress']>;
  readonly stop: () => void;
};

const grouped = (number: number): string => number.toLocaleString('en-US');

const duration = (seconds: number): string => {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.max(0, Math.round(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
};

/** A bar where a person looks on, with rate and time left; otherwise a line every three seconds. */
export const createProgressDisplay = (out: NodeJS.WriteStream): ProgressDisplay => {
  const bar = out.isTTY
    ? new cliProgress.SingleBar({
        format: '{phase} {bar} {percentage}%  {orders}/{ordersMost} orders  {rate} events/s  {left} left',
        barCompleteChar: '█',
        barIncompleteChar: '░',
        barsize: 28,
        hideCursor: true,
        stream: out,
      })
    : null;
  let appendingSince: { readonly ms: number; readonly orders: number } | null = null;
  let printedMs = 0;
  let lastPhase = '';

  const update: ProgressDisplay['update'] = ({ phase, orders, ordersMost, events }) => {
    const nowMs = performance.now();
    if (phase === 'appending') appendingSince ??= { ms: nowMs, orders };
    const seconds = appendingSince ? (nowMs - appendingSince.ms) / 1_000 : 0;
    const rate = seconds > 0 ? events / seconds : 0;
    const ordersPerSecond = appendingSince && seconds > 0 ? (orders - appendingSince.orders) / seconds : 0;
    const left = duration((ordersMost - orders) / ordersPerSecond);
    const shown = {
      phase: `${phase[0]?.toUpperCase()}${phase.slice(1)}`,
      orders: grouped(orders),
      ordersMost: grouped(ordersMost),
      rate: grouped(Math.round(rate)),
      left,
    };
    if (bar) {
      if (bar.isActive) bar.update(orders, shown);
      else bar.start(ordersMost, orders, shown);
      return;
    }
    if (phase === lastPhase && nowMs - printedMs < 3_000) return;
    lastPhase = phase;
    printedMs = nowMs;
    out.write(
      `${shown.phase}: ${shown.orders} of ${shown.ordersMost} orders, ${shown.rate} events/s, ${shown.left} left\n`,
    );
  };
  return { update, stop: () => bar?.stop() };
};
