import { formatDate, formatMoney } from '../../_ui/format.ts';
import type { Overview } from './figures.ts';
import type { Range } from './range.ts';

const dayWords = (day: string): string => formatDate(Date.parse(day));

/** "1 Nov 2026 to 21 Nov 2026" */
export const rangeWords = ({ from, to }: Range): string =>
  from === to ? dayWords(from) : `${dayWords(from)} to ${dayWords(to)}`;

/** The axis' word for a period: "14 Nov", "from 9 Nov", "Nov 2026". */
export const periodLabel = (start: string, step: Overview['step']): string => {
  const [day = '', month = '', year = ''] = dayWords(start).split(' ');
  if (step === 'month') return `${month} ${year}`;
  return step === 'week' ? `${day} ${month} ${year.slice(2)}` : `${day} ${month}`;
};

export const stepWords: Readonly<Record<Overview['step'], string>> = { day: 'day', week: 'week', month: 'month' };

const nbsp = '\u00a0';

/** Whole units for axes: "€ 12k". */
export const axisMoney = (minor: number, currency: string): string => {
  const [symbol = currency] = formatMoney(0, currency).split(nbsp);
  const units = minor / 100;
  if (Math.abs(units) >= 1_000_000) return `${symbol}${nbsp}${+(units / 1_000_000).toFixed(1)}M`;
  if (Math.abs(units) >= 1_000) return `${symbol}${nbsp}${+(units / 1_000).toFixed(1)}k`;
  return `${symbol}${nbsp}${Math.round(units)}`;
};

/** "3.3 h", "2.1 d" */
export const hoursWords = (hours: number): string =>
  hours < 48 ? `${hours.toFixed(1)}${nbsp}h` : `${(hours / 24).toFixed(1)}${nbsp}d`;

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });
export const countryName = (code: string): string => {
  try {
    return countryNames.of(code) ?? code;
  } catch {
    return code;
  }
};

export const channelName = (channel: string): string => channel.charAt(0).toUpperCase() + channel.slice(1);
