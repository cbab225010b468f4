import type { DeliveryPromise } from './events.ts';

/** When a warehouse sends. */
export type DispatchPlan = {
  /** IANA name, such as `Europe/Lisbon`. */
  readonly timeZone: string;
  /** `16:00` there: what is ordered before it leaves on the same working day. */
  readonly cutoff: string;
};

type LocalDay = { readonly year: number; readonly month: number; readonly day: number };
type LocalTime = LocalDay & { readonly minutes: number };

const minutesOf = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
};

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making a formatter costs twenty times what using it does: a fifth of placing an order (measured). */
const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
  });
  clocks.set(timeZone, clock);
  return clock;
};

const shownAt = (instant: number, timeZone: string): number => {
  const parts = clockOf(timeZone).formatToParts(instant);
  const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value ?? 0);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
};

/** Clocks are changed on a quarter of an hour (the time zone database of today's years has no other change). */
const quarterMs = 15 * 60_000;
const offsetsMost = 1_000;
const offsets = new Map<string, number>();

/** How far the clocks in `timeZone` are ahead of UTC, in ms; remembered, since asking for it took a tenth of an order. */
const offsetAt = (instant: number, timeZone: string): number => {
  const quarter = Math.floor(instant / quarterMs) * quarterMs;
  const id = `${timeZone} ${quarter}`;
  const known = offsets.get(id);
  if (known !== undefined) return known;
  if (offsets.size >= offsetsMost) offsets.clear();
  const offset = shownAt(quarter, timeZone) - quarter;
  offsets.set(id, offset);
  return offset;
};

const localTime = (at: Date, timeZone: string): LocalTime => {
  const here = new Date(at.getTime() + offsetAt(at.getTime(), timeZone));
  return {
    year: here.getUTCFullYear(),
    month: here.getUTCMonth() + 1,
    day: here.getUTCDate(),
    minutes: here.getUTCHours() * 60 + here.getUTCMinutes(),
  };
};

/** The instant at which clocks in `timeZone` show this. */
const instantOf = ({ year, month, day }: LocalDay, minutes: number, timeZone: string): Date => {
  const wanted = Date.UTC(year, month - 1, day, 0, minutes);
  // The second look settles the hours around a change of the clocks.
  const guess = wanted - offsetAt(wanted, timeZone);
  return new Date(wanted - offsetAt(guess, timeZone));
};

const plusDays = ({ year, month, day }: LocalDay, days: number): LocalDay => {
  const moved = new Date(Date.UTC(year, month - 1, day + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
};

const isWorkingDay = ({ year, month, day }: LocalDay): boolean => {
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  return weekday !== 0 && weekday !== 6;
};

const plusWorkingDays = (start: LocalDay, workingDays: number): LocalDay => {
  let date = start;
  for (let left = workingDays; left > 0; ) {
    date = plusDays(date, 1);
    if (isWorkingDay(date)) left -= 1;
  }
  return date;
};

const deliveryHour = 20 * 60;

/** Working days on the way: the method takes its share of the warehouse's transit days, at least one. */
export const transitDays = (warehouseTransitDays: number, transitPercent: number): number =>
  Math.max(1, Math.ceil((warehouseTransitDays * transitPercent) / 100));

/**
 * What the customer is told when ordering at `now`: it leaves by the warehouse's next cutoff on a working day, and
 * is there by the evening, `onTheWayDays` working days later. Public holidays are not known here.
 */
export const promiseFor = (now: string, plan: DispatchPlan, onTheWayDays: number): DeliveryPromise => {
  const here = localTime(new Date(now), plan.timeZone);
  const cutoff = minutesOf(plan.cutoff);
  const isToday = isWorkingDay(here) && here.minutes < cutoff;
  const dispatchDay = isToday ? here : plusWorkingDays(here, 1);
  const shipBy = instantOf(dispatchDay, cutoff, plan.timeZone);
  const deliverBy = instantOf(plusWorkingDays(dispatchDay, onTheWayDays), deliveryHour, plan.timeZone);
  return { shipBy: shipBy.toISOString(), deliverBy: deliverBy.toISOString() };
};
