/** Days as `2026-11-21` in UTC, both inclusive. */
export type Range = { readonly from: string; readonly to: string };

export const presets = ['7', '30', '90', '365', 'all'] as const;
export type Preset = (typeof presets)[number];

export const presetWords: Readonly<Record<Preset, string>> = {
  '7': '7 days',
  '30': '30 days',
  '90': '90 days',
  '365': 'A year',
  all: 'All',
};

const dayMs = 86_400_000;
const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/**
 * The days to show. Chosen days win over the preset; a preset counts back from today; `all` is all that there is of the
 * currency. Never the wrong way round.
 */
export const rangeOf = (
  chosen: { readonly preset: Preset; readonly from: string | null; readonly to: string | null },
  today: string,
  span: { readonly firstDay: string; readonly lastDay: string } | undefined,
): Range => {
  const { preset, from, to } = chosen;
  if (isDay(from) && isDay(to)) return from <= to ? { from, to } : { from: to, to: from };
  if (preset === 'all') return span ? { from: span.firstDay, to: span.lastDay } : { from: today, to: today };
  const first = new Date(Date.parse(today) - (Number(preset) - 1) * dayMs).toISOString().slice(0, 10);
  return { from: first, to: today };
};

/** How much more or less than before, as a share; null where there was nothing before to compare with. */
export const changeOf = (now: number, before: number): number | null => (before === 0 ? null : (now - before) / before);
