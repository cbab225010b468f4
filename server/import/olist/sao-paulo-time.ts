import { OlistError } from './olist-error.ts';

/** A wall clock's reading as an instant. `doubt` says when the zone's summer time makes the reading odd. */
export type Instant = {
  /** ISO 8601 in UTC. */
  readonly iso: string;
  readonly epochMs: number;
  /** `ambiguous`: the clock showed it twice, and the first is taken. `nonexistent`: it was skipped; the next moment is. */
  readonly doubt: 'ambiguous' | 'nonexistent' | null;
};

type Transition = { readonly atMs: number; readonly beforeMs: number; readonly afterMs: number };

const zone = 'America/Sao_Paulo';
const hourMs = 3_600_000;

const clock = new Intl.DateTimeFormat('en-US', {
  timeZone: zone,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const offsetMsAt = (epochMs: number): number => {
  const shown = new Map(clock.formatToParts(epochMs).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => shown.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - epochMs;
};

// Asked of Intl once an hour of the clock's life: its answers take microseconds, and there are half a million readings.
const transitionsBetween = (fromMs: number, toMs: number): readonly Transition[] => {
  const dayMs = 24 * hourMs;
  const found: Transition[] = [];
  for (let day = fromMs; day < toMs; day += dayMs) {
    if (offsetMsAt(day) === offsetMsAt(day + dayMs)) continue;
    let atMs = day;
    while (offsetMsAt(atMs) === offsetMsAt(day)) atMs += hourMs;
    found.push({ atMs, beforeMs: offsetMsAt(atMs - hourMs), afterMs: offsetMsAt(atMs) });
  }
  return found;
};

const firstMs = Date.UTC(2010, 0, 1);
const lastMs = Date.UTC(2030, 0, 1);
const transitions = transitionsBetween(firstMs, lastMs);
const firstOffsetMs = offsetMsAt(firstMs);

const pattern = /^(\d{4})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})$/;

const instant = (epochMs: number, doubt: Instant['doubt']): Instant => ({
  iso: new Date(epochMs).toISOString(),
  epochMs,
  doubt,
});

/** Reads `2017-10-02 10:56:33` off a clock in São Paulo, summer time included (2010 to 2029). Throws `OlistError`. */
export const parseSaoPaulo = (text: string): Instant => {
  const match = pattern.exec(text);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (match ?? []).slice(1).map(Number);
  const shownMs = Date.UTC(year, month - 1, day, hour, minute, second);
  const isReal = match !== null && new Date(shownMs).toISOString().slice(0, 19) === text.replace(' ', 'T');
  if (!isReal || shownMs < firstMs || shownMs > lastMs) throw new OlistError(`“${text}” is not a time of 2010 to 2029`);

  let offsetMs = firstOffsetMs;
  for (const { atMs, beforeMs, afterMs } of transitions) {
    const [earlierMs, laterMs] = [shownMs - Math.max(beforeMs, afterMs), shownMs - Math.min(beforeMs, afterMs)];
    // Forward: readings in between were skipped; the clock jumped to the first moment after.
    if (afterMs > beforeMs && earlierMs < atMs && laterMs >= atMs) return instant(atMs, 'nonexistent');
    // Back: readings in between were shown twice; the first is under the old offset.
    if (afterMs < beforeMs && earlierMs < atMs && laterMs >= atMs) return instant(earlierMs, 'ambiguous');
    if (shownMs - afterMs < atMs) break;
    offsetMs = afterMs;
  }
  return instant(shownMs - offsetMs, null);
};
