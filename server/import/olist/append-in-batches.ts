import type { AppendOutcome, AppendUnit, EventStore } from '#server/event-store/event-store.ts';
import { createBatchSize } from '#server/runtime/batch-size.ts';
import { OlistError } from './olist-error.ts';

export type Batches = {
  /** Takes an order's unit, with its row number. Waits while enough batches are under way; throws when one failed. */
  add(unit: AppendUnit, rowNumber: number): Promise<void> | undefined;
  /** Appends the rest and waits for all. */
  finish(): Promise<void>;
};

export type BatchesOptions = {
  readonly store: Pick<EventStore, 'append'>;
  /** The most orders in one append; halved while it takes too long. */
  readonly batchOrdersMax: number;
  /** Appends under way at the same time, each on a connection of its own. */
  readonly inFlightMax: number;
  /** Waited for before the next batch is begun: others may need the machine. */
  readonly untilWelcome?: () => Promise<void>;
  /** After a batch was committed: how many of its events are new, and the last row before which all are in. */
  readonly onAppended: (newEvents: number, rowsDone: number) => void;
};

/** The longest that an append should take from end to end, in ms: for so long at most it holds the horizon back. */
const appendMsMax = 250;

type Batch = { readonly units: AppendUnit[]; readonly firstRow: number; lastRow: number; done: boolean };

const newEventsOf = (unit: AppendUnit, outcome: AppendOutcome | undefined): number => {
  const events = unit.commands.reduce((total, command) => total + command.events.length, 0);
  if (outcome?.status === 'appended') return events;
  // Appended before the import was killed. One half of it can't be: a unit is atomic.
  if (outcome?.status === 'duplicate' && !outcome.commands.includes(null)) return 0;
  const orderKey = unit.commands[0]?.correlationId;
  throw new OlistError(
    `Order ${orderKey} is in this database already, with another history. It was imported by another version ` +
      'of this program, or changed since; nothing of it was written.',
  );
};

/** Appends units in batches, several at a time, and says up to which row all of them are in the store. */
export const appendInBatches = (options: BatchesOptions): Batches => {
  const { store, batchOrdersMax, inFlightMax, untilWelcome, onAppended } = options;
  const batchSize = createBatchSize(batchOrdersMax, appendMsMax);
  const underWay: Batch[] = [];
  const appends = new Set<Promise<void>>();
  let filling: Batch | null = null;
  let failure: { readonly error: unknown } | null = null;

  const rowsDone = (): number => {
    let last = 0;
    while (underWay[0]?.done) last = underWay.shift()?.lastRow ?? last;
    return last;
  };

  const send = async (batch: Batch): Promise<void> => {
    try {
      const sentMs = performance.now();
      const outcomes = await store.append(batch.units);
      batchSize.took(performance.now() - sentMs, batch.units.length);
      const newEvents = batch.units.reduce((total, unit, index) => total + newEventsOf(unit, outcomes[index]), 0);
      batch.done = true;
      batch.units.length = 0;
      onAppended(newEvents, rowsDone());
    } catch (error) {
      failure ??= { error };
    }
  };

  const start = (batch: Batch): void => {
    underWay.push(batch);
    const append = send(batch).finally(() => appends.delete(append));
    appends.add(append);
  };

  const untilFree = async (): Promise<void> => {
    while (appends.size >= inFlightMax && !failure) await Promise.race(appends);
    if (failure) throw failure.error;
    await untilWelcome?.();
  };

  return {
    add: (unit, rowNumber) => {
      filling ??= { units: [], firstRow: rowNumber, lastRow: rowNumber, done: false };
      filling.units.push(unit);
      filling.lastRow = rowNumber;
      if (filling.units.length < batchSize.now()) return undefined;
      start(filling);
      filling = null;
      return untilFree();
    },
    finish: async () => {
      if (filling) start(filling);
      filling = null;
      await Promise.all(appends);
      if (failure) throw failure.error;
    },
  };
};
