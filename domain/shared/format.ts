import { minorDigitsOf } from './minor-digits.ts';

const SYMBOLS: Readonly<Record<string, string>> = {
  EUR: '€',
  USD: '$',
  GBP: '£',
  BRL: 'R$',
  PLN: 'zł',
  JPY: '¥',
  CHF: 'CHF',
};

const NBSP = '\u00a0';
const MINUS = '\u2212';

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');

/** 99441 → "99,441"; the minus is U+2212. The same on server and browser, whatever their locale. */
export const formatCount = (count: number): string =>
  `${count < 0 ? MINUS : ''}${grouped(String(Math.abs(Math.trunc(count))))}`;

/** A share between 0 and 1 as "12.4 %". */
export const formatPercent = (share: number, digits = 1): string =>
  `${share < 0 ? MINUS : ''}${(Math.abs(share) * 100).toFixed(digits)}${NBSP}%`;

export interface MoneyFormat {
  /** Shows "€ 64.90 EUR", where currencies mix. */
  readonly code?: boolean | undefined;
  /** Puts a plus before amounts above zero, for changes: "+ € 19.90". */
  readonly signed?: boolean | undefined;
}

/**
 * The one formatter of money. Integer minor units + ISO 4217 → "€ 1,204.00", "− € 12.00".
 * Spaces are no-break, digits are English, so that server and browser agree to the last character.
 */
export const formatMoney = (minor: number, currency: string, { code, signed }: MoneyFormat = {}): string => {
  const digits = minorDigitsOf(currency);
  const all = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = grouped(digits === 0 ? all : all.slice(0, -digits));
  const amount = digits === 0 ? whole : `${whole}.${all.slice(-digits)}`;
  const symbol = SYMBOLS[currency];
  const sign = minor < 0 ? `${MINUS}${NBSP}` : signed && minor > 0 ? `+${NBSP}` : '';
  const withCode = code && symbol !== undefined && symbol !== currency ? `${NBSP}${currency}` : '';
  return `${sign}${symbol ?? currency}${NBSP}${amount}${withCode}`;
};

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;
export const RELATIVE_UNDER_MS = 7 * DAY_MS;

/** "just now", "4 min ago", "in 2 h"; `short` drops the "ago": "4 min". All are rounded down. */
export const formatRelative = (atMs: number, nowMs: number, short = false): string => {
  const ms = Math.abs(nowMs - atMs);
  if (ms < MINUTE_MS) return short ? 'now' : 'just now';
  const span =
    ms < HOUR_MS
      ? `${Math.floor(ms / MINUTE_MS)}${NBSP}min`
      : ms < DAY_MS
        ? `${Math.floor(ms / HOUR_MS)}${NBSP}h`
        : ms < YEAR_MS
          ? `${Math.floor(ms / DAY_MS)}${NBSP}d`
          : `${Math.floor(ms / YEAR_MS)}${NBSP}y`;
  if (short) return span;
  return atMs > nowMs ? `in ${span}` : `${span} ago`;
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

interface Parts {
  readonly weekday: string;
  readonly day: string;
  readonly month: string;
  readonly year: string;
  readonly clock: string;
  readonly seconds: string;
  readonly zone: string;
}

const zoneName = (date: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'short' })
    .formatToParts(date)
    .find((part) => part.type === 'timeZoneName')?.value ?? zone;

const two = (number: number): string => String(number).padStart(2, '0');

/** Without a formatter of the platform's, which takes a hundred times as long to make: the server writes many dates. */
const partsInUtc = (date: Date): Parts => ({
  weekday: WEEKDAYS[date.getUTCDay()] ?? '',
  day: String(date.getUTCDate()),
  month: MONTHS[date.getUTCMonth()] ?? '',
  year: String(date.getUTCFullYear()),
  clock: `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`,
  seconds: two(date.getUTCSeconds()),
  zone: 'UTC',
});

const partsIn = (atMs: number, zone: string): Parts => {
  const date = new Date(atMs);
  if (zone === 'UTC') return partsInUtc(date);
  const found = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(date);
  const of = (type: Intl.DateTimeFormatPartTypes) => found.find((part) => part.type === type)?.value ?? '';
  const month = Number(of('month'));
  return {
    weekday: WEEKDAYS[new Date(Date.UTC(Number(of('year')), month - 1, Number(of('day')))).getUTCDay()] ?? '',
    day: String(Number(of('day'))),
    month: MONTHS[month - 1] ?? '',
    year: of('year'),
    clock: `${of('hour').padStart(2, '0')}:${of('minute').padStart(2, '0')}`,
    seconds: of('second').padStart(2, '0'),
    zone: zoneName(date, zone),
  };
};

/** "14 Nov 2026 09:00:00 UTC" */
export const formatExact = (atMs: number, zone = 'UTC'): string => {
  const { day, month, year, clock, seconds, zone: name } = partsIn(atMs, zone);
  return `${day} ${month} ${year} ${clock}:${seconds} ${name}`;
};

/** "14 Nov 2026", or "Tue 24 Nov" with `weekday`, for promises near at hand. */
export const formatDate = (atMs: number, zone = 'UTC', weekday = false): string => {
  const { weekday: name, day, month, year } = partsIn(atMs, zone);
  return weekday ? `${name} ${day} ${month}` : `${day} ${month} ${year}`;
};

/** "14:02", or "14:02:11" with `seconds`. */
export const formatClock = (atMs: number, zone = 'UTC', seconds = false): string => {
  const parts = partsIn(atMs, zone);
  return seconds ? `${parts.clock}:${parts.seconds}` : parts.clock;
};
