import { v7 } from 'uuid';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import type { OverlayStore, Send } from '../../_optimistic/overlay-store.ts';

export type BulkOrder = { readonly orderId: OrderId; readonly orderNumber: string };

export type BulkStep = { readonly command: WaybillCommand; readonly send: Send };

/** One action on many orders: each order gets commands of its own. */
export type BulkJob = {
  /** What is said of the orders to which it was done: "tagged vip", after "3 orders". */
  readonly done: string;
  /** None when there is nothing to do on this order. */
  readonly steps: (order: BulkOrder) => readonly BulkStep[] | Promise<readonly BulkStep[]>;
  /** Takes back what was recorded on an order; undefined where it can't be. */
  readonly undo?: {
    readonly done: string;
    readonly steps: (order: BulkOrder, recorded: readonly DomainEvent[]) => readonly BulkStep[];
  };
};

export type BulkResult = { readonly order: BulkOrder } & (
  | { readonly state: 'sending' }
  | { readonly state: 'done' | 'unchanged' }
  | { readonly state: 'refused'; readonly words: string }
  /** `isSent`: no answer came, so whether it was recorded is unknown. Else nothing was sent. */
  | { readonly state: 'failed'; readonly words: string; readonly isSent: boolean }
);

export type BulkRun = {
  readonly id: string;
  readonly job: BulkJob;
  readonly results: () => readonly BulkResult[];
  readonly subscribe: (onChange: () => void) => () => void;
  /**
   * Sends again, under the same command ids, what got no answer; of all orders, or of one. What was refused stays
   * refused: its id has had its answer.
   */
  readonly retry: (orderId?: string) => Promise<void>;
  readonly canUndo: () => boolean;
  /** The same run backwards, over what it has changed, each order once; null when nothing can be taken back. */
  readonly undo: () => { readonly job: BulkJob; readonly orders: readonly BulkOrder[] } | null;
  /** What was refused is dealt with: it is no longer shown at its order either. */
  readonly dismiss: () => void;
};

type Step = BulkStep & { readonly commandId: string; events: readonly DomainEvent[] | null };
type Entry = {
  readonly order: BulkOrder;
  steps: readonly Step[] | null;
  result: BulkResult;
  isTakenBack: boolean;
};

export type BulkOptions = {
  readonly store: Pick<OverlayStore, 'submit' | 'dismiss'>;
  /** Words for an error of a read that a step needs. */
  readonly wordsOf: (error: unknown) => string;
  /** An order was answered for: the screen reads it again. */
  readonly onAnswered: (orderId: string) => void;
  /** So many requests at once. */
  readonly atOnce?: number;
};

const createGate = (atOnce: number) => {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
};

/** Starts an action on many orders: predicted on all of them at once, sent a few at a time. */
export const startBulk = (job: BulkJob, orders: readonly BulkOrder[], options: BulkOptions) => {
  const { store, wordsOf, onAnswered, atOnce = 4 } = options;
  const gated = createGate(atOnce);
  const listeners = new Set<() => void>();
  const entries: Entry[] = orders.map((order) => ({
    order,
    steps: null,
    result: { order, state: 'sending' },
    isTakenBack: false,
  }));
  let shown: readonly BulkResult[] = entries.map(({ result }) => result);

  const put = (entry: Entry, result: BulkResult): void => {
    entry.result = result;
    shown = entries.map((each) => each.result);
    for (const listener of listeners) listener();
  };

  const settle = (entry: Entry): void => {
    const steps = entry.steps ?? [];
    if (steps.some(({ events }) => events === null)) return;
    const changed = steps.some(({ events }) => events !== null && events.length > 0);
    put(entry, { order: entry.order, state: changed ? 'done' : 'unchanged' });
  };

  const submit = ({ order }: Entry, step: Step) =>
    store.submit({
      orderId: order.orderId,
      commandId: step.commandId,
      command: step.command,
      // Nobody has looked at the whole order: the decider is asked on the newest.
      row: () => undefined,
      send: async (identity) => {
        const recorded = await gated(() => step.send(identity));
        step.events = recorded.events.map(({ event }) => event);
        // A retry on the order's own page counts here too.
        for (const entry of entries) if (entry.steps?.includes(step)) settle(entry);
        return recorded;
      },
      onRecorded: () => onAnswered(order.orderId),
    });

  const attempt = async (entry: Entry): Promise<void> => {
    const { order } = entry;
    put(entry, { order, state: 'sending' });
    try {
      const steps = entry.steps ?? (await stepsOf(order));
      entry.steps = steps;
      for (const step of steps) {
        if (step.events !== null) continue;
        const problem = await submit(entry, step);
        if (!problem) continue;
        const { words } = problem;
        put(
          entry,
          problem.kind === 'failed'
            ? { order, state: 'failed', words, isSent: true }
            : { order, state: 'refused', words },
        );
        return;
      }
      settle(entry);
    } catch (error) {
      // What had to be read first could not be: nothing was sent.
      put(entry, { order, state: 'failed', words: wordsOf(error), isSent: false });
    }
  };

  const stepsOf = async (order: BulkOrder): Promise<readonly Step[]> => {
    const wanted = job.steps(order);
    const steps = Array.isArray(wanted) ? wanted : await gated(async () => wanted);
    return steps.map((step: BulkStep) => ({ ...step, commandId: v7(), events: null }));
  };

  const retry = async (orderId?: string): Promise<void> => {
    const again = entries.filter(
      ({ order, result }) => result.state === 'failed' && (orderId ?? order.orderId) === order.orderId,
    );
    await Promise.all(again.map(attempt));
  };

  const toTakeBack = () =>
    job.undo ? entries.filter(({ result, isTakenBack }) => result.state === 'done' && !isTakenBack) : [];

  const undo: BulkRun['undo'] = () => {
    const back = job.undo;
    const changed = toTakeBack();
    if (!back || changed.length === 0) return null;
    for (const entry of changed) entry.isTakenBack = true;
    const recorded = new Map(
      changed.map(({ order, steps }) => [order.orderId, (steps ?? []).flatMap(({ events }) => events ?? [])]),
    );
    return {
      orders: changed.map(({ order }) => order),
      job: { done: back.done, steps: (order) => back.steps(order, recorded.get(order.orderId) ?? []) },
    };
  };

  const run: BulkRun = {
    id: v7(),
    job,
    results: () => shown,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    retry,
    canUndo: () => toTakeBack().length > 0,
    undo,
    dismiss: () => {
      for (const { order, steps, result } of entries)
        if (result.state === 'refused' || result.state === 'failed')
          for (const { commandId } of steps ?? []) store.dismiss(order.orderId, commandId);
    },
  };
  return { run, answered: Promise.all(entries.map(attempt)).then(() => undefined) };
};
