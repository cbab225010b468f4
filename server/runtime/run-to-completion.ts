import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { comparePositions } from '#domain/shared/store-position.ts';
import { orderKeyOf } from '#server/processes/define-process.ts';
import type { AnyProcess } from '#server/processes/registry.ts';
import type { CommandRuntime } from './handle-command.ts';
import type { Appended } from './handle-waybill-commands.ts';
import type { HeardVersions } from './heard-versions.ts';
import { type Answered, issueCommands } from './issue-commands.ts';
import { type BatchReactions, type OrderStates, reactToBatch, statesText } from './process-batch.ts';

type Recorded = RecordedEvent<DomainEvent>;
type EventsByOrder = ReadonlyMap<string, readonly Recorded[]>;
type StatesByOrder = ReadonlyMap<string, OrderStates>;

/** Beside the states, under a name that no process has: ids of events that were heard before the feed gave them. */
const aheadName = 'ahead';

const aheadOf = (states: OrderStates | undefined): readonly string[] =>
  (states?.[aheadName]?.s as readonly string[] | undefined) ?? [];

const withAhead = (states: OrderStates, eventIds: readonly string[]): OrderStates => {
  const { [aheadName]: _before, ...others } = states;
  return eventIds.length === 0 ? others : { ...others, [aheadName]: { v: 1, s: eventIds } };
};

/** Of what the feed gives, what was not heard yet; and the states, rid of what the feed has now given. */
const notYetHeard = (byOrder: EventsByOrder, kept: StatesByOrder) => {
  const news = new Map<string, readonly Recorded[]>();
  const states = new Map(kept);
  for (const [orderKey, events] of byOrder) {
    const before = kept.get(orderKey);
    const ahead = new Set(aheadOf(before));
    const fresh = ahead.size === 0 ? events : events.filter(({ eventId }) => !ahead.delete(eventId));
    if (fresh.length > 0) news.set(orderKey, fresh);
    if (before && fresh.length < events.length) states.set(orderKey, withAhead(before, [...ahead]));
  }
  return { news, states };
};

export type CompletionOptions = {
  readonly runtime: CommandRuntime;
  readonly processes: readonly AnyProcess[];
  readonly hearing: HeardVersions;
  readonly now: () => Date;
  /** How many times what a batch led to may be heard within it; the feed gives the rest. Default 8. */
  readonly roundsMost?: number;
};

export type Completion = Pick<BatchReactions, 'effects' | 'timers' | 'poisoned'> & {
  readonly answered: readonly Answered[];
  /** Of all orders that are not poisoned. */
  readonly states: StatesByOrder;
  /** Those that are no longer as they were. */
  readonly changed: StatesByOrder;
};

/**
 * What was appended, by order, as far as the processes may hear it before the feed gives it: what was decided on
 * exactly what they have heard. What else happened under the order's key comes after it then (`wholeOrder`). Stock
 * and order take no order from each other, so that stock's events may be heard in any.
 */
const toHear = (
  appended: readonly Appended[],
  mayHear: (orderKey: string) => boolean,
  { hearing, processes }: CompletionOptions,
): EventsByOrder => {
  const byOrder = new Map<string, Recorded[]>();
  for (const { events, versionsBefore } of appended) {
    const [first] = events;
    if (!first) continue;
    if (versionsBefore) {
      const { orderKey } = first;
      if (orderKey === null || !mayHear(orderKey) || !hearing.isUpTo(orderKey, versionsBefore)) continue;
      hearing.follow(events);
    }
    for (const recorded of events) {
      const orderKey = orderKeyOf(recorded);
      if (orderKey === null || !mayHear(orderKey)) continue;
      if (!processes.some(({ hears }) => hears.has(recorded.event.type))) continue;
      const some = byOrder.get(orderKey);
      if (some) some.push(recorded);
      else byOrder.set(orderKey, [recorded]);
    }
  }
  for (const events of byOrder.values()) events.sort((one, other) => comparePositions(one.at, other.at));
  return byOrder;
};

/**
 * Lets the processes react to what the feed gives, issues their commands, lets them react to what these led to, and so
 * on until they have nothing more to say: an order takes one such step to the bank and one from there to the warehouse.
 * `kept` are the states of its orders. Throws on infrastructure errors; all of it may then be given again.
 */
export const runToCompletion = async (
  given: EventsByOrder,
  kept: StatesByOrder,
  options: CompletionOptions,
): Promise<Completion> => {
  const { runtime, processes, now, roundsMost = 8 } = options;
  const { news: batch, states: before } = notYetHeard(given, kept);
  const states = new Map(before);
  const poisoned = new Map<string, unknown>();
  const answered: Answered[] = [];
  const effects: BatchReactions['effects'][number][] = [];
  const timers: BatchReactions['timers'][number][] = [];
  const mayHear = (orderKey: string) =>
    batch.has(orderKey) && !poisoned.has(orderKey) && options.hearing.isKnown(orderKey);
  let waiting: EventsByOrder = batch;
  for (let round = 0; waiting.size > 0; round += 1) {
    const reactions = reactToBatch(processes, waiting, states);
    for (const [orderKey, after] of reactions.states) {
      const heard = round === 0 ? [] : (waiting.get(orderKey) ?? []);
      const ahead = heard.map(({ eventId }) => eventId);
      states.set(orderKey, ahead.length === 0 ? after : withAhead(after, [...aheadOf(after), ...ahead]));
    }
    for (const [orderKey, error] of reactions.poisoned) poisoned.set(orderKey, error);
    effects.push(...reactions.effects);
    timers.push(...reactions.timers);
    const appended: Appended[] = [];
    const answers = await issueCommands(runtime, reactions.commands, now(), (some) => appended.push(some));
    answered.push(...answers);
    for (const { request, outcome } of answers)
      if (outcome.status === 'failed') poisoned.set(request.orderKey, outcome.error);
    if (round === roundsMost) break;
    waiting = toHear(appended, mayHear, options);
  }
  for (const orderKey of poisoned.keys()) {
    states.delete(orderKey);
    options.hearing.forget(orderKey);
  }
  const isSound = ({ orderKey }: { readonly orderKey: string }) => !poisoned.has(orderKey);
  const hasChanged = (orderKey: string, after: OrderStates) =>
    statesText(after) !== statesText(before.get(orderKey) ?? {});
  return {
    answered,
    poisoned,
    states,
    changed: new Map([...states].filter(([orderKey, after]) => batch.has(orderKey) && hasChanged(orderKey, after))),
    effects: effects.filter(isSound),
    timers: timers.filter(isSound),
  };
};
