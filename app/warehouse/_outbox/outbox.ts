import type { WaybillCommand } from '#domain/waybill/decide.ts';

/** What the floor does to a fulfillment, or to what comes back of one. */
export type FloorCommand = Extract<
  WaybillCommand,
  {
    type:
      | 'StartPicking'
      | 'PickItem'
      | 'ReportShortPick'
      | 'PackFulfillment'
      | 'ShipFulfillment'
      | 'ReceiveReturn'
      | 'InspectReturn';
  }
>;

/** A step that was taken and that the server has not answered yet. */
export type OutboxEntry = { readonly commandId: string; readonly command: FloorCommand };

/** `localStorage`, as far as it is needed. */
export type OutboxMemory = { readonly read: () => string | null; readonly write: (text: string) => void };

/**
 * What an error of sending means. `unreached`: nobody answered, so it is sent again. `kept`: it can't be sent now (the
 * session has ended), and waits for the next start. `answered`: the server said no.
 */
export type Failure = 'unreached' | 'kept' | 'answered';

export type OutboxParts = {
  readonly memory: OutboxMemory;
  readonly classify: (error: unknown) => Failure;
  /** Resolves when it may be worth another try. `attempt` counts from 0. */
  readonly mayTryAgain: (attempt: number) => Promise<void>;
};

export type OutboxState = {
  readonly entries: readonly OutboxEntry[];
  /** The last try reached nobody. */
  readonly isCutOff: boolean;
};

export type Outbox = {
  readonly state: () => OutboxState;
  readonly subscribe: (onChange: () => void) => () => void;
  /** Writes a step down before anything is sent. */
  readonly add: (entry: OutboxEntry) => void;
  /**
   * Sends a step until somebody answers; always under its own command id, so that it is recorded once however often
   * it arrives. Resolves with the answer; throws what the server refused with.
   */
  readonly deliver: <Answer>(entry: OutboxEntry, send: () => Promise<Answer>) => Promise<Answer>;
  /** The steps of an earlier page that nobody is sending now; each is given out once. */
  readonly takeLeftOver: () => readonly OutboxEntry[];
};

const parse = (text: string | null): readonly OutboxEntry[] => {
  if (text === null) return [];
  try {
    const entries: unknown = JSON.parse(text);
    return Array.isArray(entries) ? entries : [];
  } catch {
    // Somebody else's text under our key: nothing of it can be sent.
    return [];
  }
};

const empty: OutboxState = { entries: [], isCutOff: false };
export const emptyOutbox = (): OutboxState => empty;

/** Keeps the steps of a picker until the server has answered each, through lost connections and closed pages. */
export const createOutbox = ({ memory, classify, mayTryAgain }: OutboxParts): Outbox => {
  const listeners = new Set<() => void>();
  // Being sent by this page.
  const taken = new Set<string>();
  let isCutOff = false;
  let text = memory.read();
  let state: OutboxState = { entries: parse(text), isCutOff };

  const changed = (entries: readonly OutboxEntry[]): void => {
    state = { entries, isCutOff };
    for (const listener of listeners) listener();
  };
  /** Other tabs write too, so each change starts from what is stored. */
  const change = (next: (entries: readonly OutboxEntry[]) => readonly OutboxEntry[]): void => {
    const entries = next(parse(memory.read()));
    text = JSON.stringify(entries);
    memory.write(text);
    changed(entries);
  };
  const add = (entry: OutboxEntry): void => {
    taken.add(entry.commandId);
    change((entries) =>
      entries.some(({ commandId }) => commandId === entry.commandId) ? entries : [...entries, entry],
    );
  };
  const remove = (commandId: string): void =>
    change((entries) => entries.filter((entry) => entry.commandId !== commandId));
  const reached = (isReached: boolean): void => {
    if (isCutOff === !isReached) return;
    isCutOff = !isReached;
    changed(state.entries);
  };

  const deliver = async <Answer>(entry: OutboxEntry, send: () => Promise<Answer>): Promise<Answer> => {
    add(entry);
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await send();
        reached(true);
        remove(entry.commandId);
        return answer;
      } catch (error) {
        const failure = classify(error);
        reached(failure !== 'unreached');
        if (failure === 'answered') remove(entry.commandId);
        if (failure === 'kept') taken.delete(entry.commandId);
        if (failure !== 'unreached') throw error;
        await mayTryAgain(attempt);
      }
    }
  };

  return {
    state: () => state,
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    add,
    deliver,
    takeLeftOver: () => {
      const leftOver = parse(memory.read()).filter(({ commandId }) => !taken.has(commandId));
      for (const { commandId } of leftOver) taken.add(commandId);
      return leftOver;
    },
  };
};
