import { v7 } from 'uuid';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import type { Waybill } from '#domain/waybill/state.ts';
import {
  decidedOn,
  emptyOverlay,
  type Overlay,
  type OverlayAction,
  type Problem,
  reduceOverlay,
  see,
} from './overlay.ts';

/** What identifies a sending: spread it into the mutation's input. */
export type CommandIdentity = {
  readonly commandId: string;
  /** Undefined where the person saw no more than a line of a list: then nothing is a conflict. */
  readonly decidedOn: Record<StreamId, number> | undefined;
};

/** What a mutation answers with. */
export type Recorded = { readonly events: readonly RecordedEvent<DomainEvent>[]; readonly token: string };

/** Calls the mutation of a command; throws the typed API error otherwise. */
export type Send = (identity: CommandIdentity) => Promise<Recorded>;

/** Puts an error of the API into words and kinds (app/_trpc/api-error.ts). */
export type Explain = (error: unknown) => Omit<Problem, 'commandId' | 'command'>;

export type Submission = {
  readonly orderId: string;
  readonly commandId: string;
  readonly command: WaybillCommand;
  readonly send: Send;
  /** The newest row at the moment of sending; undefined where there is none on the screen. */
  readonly row: () => Waybill | undefined;
  /** Called once recorded: the screen reads its row again. */
  readonly onRecorded: () => void;
  /** What the answer to an earlier sending has shown of others' changes, which the row may not hold yet. */
  readonly shown?: readonly RecordedEvent<DomainEvent>[];
};

export type OverlayStore = {
  readonly overlayOf: (orderId: string) => Overlay;
  /** Orders with commands that no row shows yet. */
  readonly pendingOrders: () => readonly string[];
  /** Commands that no row shows yet, over all orders. */
  readonly pendingCount: () => number;
  /** Predicts at once and sends; the promise settles when the server has answered, with null when it was recorded. */
  readonly submit: (submission: Submission) => Promise<Problem | null>;
  /**
   * Sends what came to nothing again, wherever it was done first; a screen that shows the order gives its own row. Under
   * the same id, but for what was refused: that id's outcome is the refusal for ever. Null when there is nothing to send
   * again.
   */
  readonly retry: (
    orderId: string,
    commandId: string,
    shown?: Pick<Submission, 'row' | 'onRecorded'>,
  ) => Promise<Problem | null> | null;
  /** Shows what a checkout has just placed, before any row holds it. */
  readonly adopt: (commandId: string, recorded: Recorded) => void;
  /** A row was read. */
  readonly read: (orderId: string, versions: Waybill['versions']) => void;
  readonly dismiss: (orderId: string, commandId: string) => void;
  /** A screen shows the order, until the returned function is called. */
  readonly show: (orderId: string) => () => void;
  readonly subscribe: (onChange: () => void) => () => void;
};

/** The predictions of one browser, by order. Commands on one order are sent one after the other. */
export const createOverlayStore = (explain: Explain, now: () => number = Date.now): OverlayStore => {
  const overlays = new Map<string, Overlay>();
  const lanes = new Map<string, Promise<unknown>>();
  const shownBy = new Map<string, number>();
  // By command id: what is under way, and what came to nothing until somebody has dealt with it.
  const submissions = new Map<string, Submission>();
  const listeners = new Set<() => void>();

  const overlayOf = (orderId: string): Overlay => overlays.get(orderId) ?? emptyOverlay;

  const apply = (orderId: string, action: OverlayAction): void => {
    const before = overlayOf(orderId);
    const after = reduceOverlay(before, action);
    if (after === before) return;
    if (after.commands.length === 0 && after.problems.length === 0) overlays.delete(orderId);
    else overlays.set(orderId, after);
    for (const listener of listeners) listener();
  };

  const versionsSeen = ({ orderId, commandId, row, shown }: Submission): CommandIdentity['decidedOn'] => {
    const waybill = row();
    if (!waybill) return undefined;
    // What the person saw when acting: everything but this very command's own prediction.
    const { commands, problems } = overlayOf(orderId);
    const earlier = commands.slice(
      0,
      commands.findIndex((pending) => pending.commandId === commandId),
    );
    const versions = decidedOn(see({ commands: earlier, problems }, waybill));
    for (const { streamId, version } of shown ?? []) versions[streamId] = Math.max(versions[streamId] ?? 0, version);
    return versions;
  };

  const deliver = async (submission: Submission): Promise<Problem | null> => {
    const { orderId, commandId, command, send, onRecorded } = submission;
    try {
      const { events } = await send({ commandId, decidedOn: versionsSeen(submission) });
      submissions.delete(commandId);
      apply(orderId, { type: 'recorded', commandId, events });
      if (!shownBy.has(orderId)) apply(orderId, { type: 'left' });
      onRecorded();
      return null;
    } catch (error) {
      const problem = { commandId, command, ...explain(error) } as Problem;
      apply(orderId, { type: 'refused', problem });
      // What others did is shown beside it, so it must be on the screen.
      onRecorded();
      return problem;
    }
  };

  const submit = (submission: Submission): Promise<Problem | null> => {
    const { orderId, commandId, command } = submission;
    submissions.set(commandId, submission);
    apply(orderId, { type: 'sent', commandId, command, at: now() });
    const before = lanes.get(orderId) ?? Promise.resolve();
    const delivered = before.then(() => deliver(submission));
    lanes.set(orderId, delivered);
    void delivered.then(() => {
      if (lanes.get(orderId) === delivered) lanes.delete(orderId);
    });
    return delivered;
  };

  const dismiss = (orderId: string, commandId: string): void => {
    submissions.delete(commandId);
    apply(orderId, { type: 'dismissed', commandId });
  };

  return {
    overlayOf,
    pendingOrders: () => [...overlays].flatMap(([orderId, { commands }]) => (commands.length > 0 ? [orderId] : [])),
    pendingCount: () => [...overlays.values()].reduce((total, { commands }) => total + commands.length, 0),
    submit,
    retry: (orderId, commandId, shown) => {
      const submission = submissions.get(commandId);
      const problem = overlayOf(orderId).problems.find((one) => one.commandId === commandId);
      if (!submission || !problem) return null;
      if (problem.kind !== 'rejected')
        return submit({
          ...submission,
          ...shown,
          // Else a row that is late would make the same change a conflict a second time.
          ...(problem.kind === 'conflict' ? { shown: problem.events } : {}),
        });
      dismiss(orderId, commandId);
      return submit({ ...submission, ...shown, commandId: v7() });
    },
    adopt: (commandId, { events }) => {
      const placed = events.map(({ event }) => event).find((event) => event.type === 'OrderPlaced');
      if (!placed) return;
      const { orderId } = placed;
      apply(orderId, { type: 'sent', commandId, command: { ...placed, type: 'PlaceOrder' }, at: now() });
      apply(orderId, { type: 'recorded', commandId, events });
    },
    read: (orderId, versions) => apply(orderId, { type: 'read', versions }),
    dismiss,
    show: (orderId) => {
      shownBy.set(orderId, (shownBy.get(orderId) ?? 0) + 1);
      return () => {
        const left = (shownBy.get(orderId) ?? 1) - 1;
        if (left > 0) shownBy.set(orderId, left);
        else {
          shownBy.delete(orderId);
          apply(orderId, { type: 'left' });
        }
      };
    },
    subscribe: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
};
