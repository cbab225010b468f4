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
  readonly decidedOn: Record<StreamId, number>;
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
  /** The newest row at the moment of sending. */
  readonly row: () => Waybill | undefined;
  /** Called once recorded: the screen reads its row again. */
  readonly onRecorded: () => void;
};

export type OverlayStore = {
  readonly overlayOf: (orderId: string) => Overlay;
  /** Commands that no row shows yet, over all orders. */
  readonly pendingCount: () => number;
  /** Predicts at once and sends; the promise settles when the server has answered, with null when it was recorded. */
  readonly submit: (submission: Submission) => Promise<Problem | null>;
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

  const versionsSeen = ({ orderId, commandId, row }: Submission): Record<StreamId, number> => {
    const waybill = row();
    if (!waybill) return {};
    // What the person saw when acting: everything but this very command's own prediction.
    const { commands, problems } = overlayOf(orderId);
    const earlier = commands.slice(
      0,
      commands.findIndex((pending) => pending.commandId === commandId),
    );
    return decidedOn(see({ commands: earlier, problems }, waybill));
  };

  const deliver = async (submission: Submission): Promise<Problem | null> => {
    const { orderId, commandId, command, send, onRecorded } = submission;
    try {
      const { events } = await send({ commandId, decidedOn: versionsSeen(submission) });
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

  return {
    overlayOf,
    pendingCount: () => [...overlays.values()].reduce((total, { commands }) => total + commands.length, 0),
    submit: (submission) => {
      const { orderId, commandId, command } = submission;
      apply(orderId, { type: 'sent', commandId, command, at: now() });
      const before = lanes.get(orderId) ?? Promise.resolve();
      const delivered = before.then(() => deliver(submission));
      lanes.set(orderId, delivered);
      void delivered.then(() => {
        if (lanes.get(orderId) === delivered) lanes.delete(orderId);
      });
      return delivered;
    },
    adopt: (commandId, { events }) => {
      const placed = events.map(({ event }) => event).find((event) => event.type === 'OrderPlaced');
      if (!placed) return;
      const { orderId } = placed;
      apply(orderId, { type: 'sent', commandId, command: { ...placed, type: 'PlaceOrder' }, at: now() });
      apply(orderId, { type: 'recorded', commandId, events });
    },
    read: (orderId, versions) => apply(orderId, { type: 'read', versions }),
    dismiss: (orderId, commandId) => apply(orderId, { type: 'dismissed', commandId }),
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
