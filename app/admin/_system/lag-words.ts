import { formatCount } from '../../_ui/format.ts';

const nbsp = '\u00a0';

/** A span of time, as short as it can be said: "0.2 s", "40 s", "12 min", "3 h", "2 d". */
export const spanWords = (ms: number): string => {
  const seconds = ms / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)}${nbsp}s`;
  if (seconds < 120) return `${Math.round(seconds)}${nbsp}s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)}${nbsp}min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3_600)}${nbsp}h`;
  return `${formatCount(Math.round(seconds / 86_400))}${nbsp}d`;
};

export const lagWords = (lagMs: number): string => (lagMs < 50 ? 'No lag' : `Lag ${spanWords(lagMs)}`);
