import type { WaybillEvent } from '../events/registry.ts';
import type { RecordedEvent } from '../shared/envelope.ts';
import { blankWaybill, evolve, type Waybill } from './state.ts';

/** Which of an event's two times an instant is compared with. */
export type TimeOfEvent = 'recorded' | 'business';

type Timed = Pick<RecordedEvent, 'recordedAt' | 'occurredAt'>;

const timeOf = (event: Timed, by: TimeOfEvent): number =>
  Date.parse(by === 'recorded' ? event.recordedAt : event.occurredAt);

/**
 * How many of an order's events, in the store's order, stood at an instant (ISO 8601): the state then is the fold of
 * just so many. Always a prefix, since a fold without its middle is no state that ever was.
 *
 * Recorded time: up to the last event that was recorded by then. Business time may run backwards within imported
 * orders: the longest prefix of events that had all happened by then.
 */
export const countAsOf = (events: readonly Timed[], at: string, by: TimeOfEvent): number => {
  const instant = Date.parse(at);
  if (by === 'recorded') return events.findLastIndex((event) => timeOf(event, by) <= instant) + 1;
  const later = events.findIndex((event) => timeOf(event, by) > instant);
  return later === -1 ? events.length : later;
};

/** The waybill before the first event, after it, after the second, … : one more state than there are events. */
export const statesAlong = (events: readonly WaybillEvent[]): Waybill[] => {
  const states = [blankWaybill];
  let state = blankWaybill;
  for (const event of events) {
    state = evolve(state, event);
    states.push(state);
  }
  return states;
};
