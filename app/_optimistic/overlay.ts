import type { DomainEvent, WaybillEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { eventIdOf } from '#domain/shared/event-id.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import { decide, type WaybillCommand } from '#domain/waybill/decide.ts';
import { evolve, type Waybill } from '#domain/waybill/state.ts';

/**
 * A command that the row on the screen doesn't show yet. `sending`: its events are predicted. `recorded`: the server
 * has answered with the real ones, and the read side has still to catch up.
 */
export type PendingCommand = {
  readonly commandId: string;
  readonly command: WaybillCommand;
  /** When the person acted, ms since the epoch. */
  readonly at: number;
} & (
  | { readonly phase: 'sending' }
  | { readonly phase: 'recorded'; readonly events: readonly RecordedEvent<DomainEvent>[] }
);

/** Why a command came to nothing: it stays beside what it was about until it is dismissed, retried or reapplied. */
export type Problem = {
  readonly commandId: string;
  readonly command: WaybillCommand;
  readonly words: string;
} & (
  | { readonly kind: 'rejected' }
  /** What others did meanwhile. */
  | { readonly kind: 'conflict'; readonly events: readonly RecordedEvent<DomainEvent>[] }
  /** No answer came: whether it was recorded is unknown. A retry carries the same id, so it is safe. */
  | { readonly kind: 'failed'; readonly reference: string | undefined }
);

/** What lies over one order's row. */
export type Overlay = { readonly commands: readonly PendingCommand[]; readonly problems: readonly Problem[] };

export const emptyOverlay: Overlay = { commands: [], problems: [] };

export type OverlayAction =
  | { readonly type: 'sent'; readonly commandId: string; readonly command: WaybillCommand; readonly at: number }
  | { readonly type: 'recorded'; readonly commandId: string; readonly events: readonly RecordedEvent<DomainEvent>[] }
  | { readonly type: 'refused'; readonly problem: Problem }
  | { readonly type: 'dismissed'; readonly commandId: string }
  /** A row was read: what it holds by now is settled. */
  | { readonly type: 'read'; readonly versions: Waybill['versions'] }
  /** Nobody shows the order any more: what is recorded needs no overlay. */
  | { readonly type: 'left' };

const holds = (versions: Waybill['versions'], { streamId, version }: RecordedEvent<DomainEvent>): boolean =>
  (versions[streamId] ?? 0) >= version;

const without = <T extends { readonly commandId: string }>(items: readonly T[], commandId: string): readonly T[] =>
  items.some((item) => item.commandId === commandId) ? items.filter((item) => item.commandId !== commandId) : items;

const keptAfterRead = (commands: readonly PendingCommand[], versions: Waybill['versions']) => {
  const kept = commands.filter(
    (pending) => pending.phase === 'sending' || !pending.events.every((event) => holds(versions, event)),
  );
  return kept.length === commands.length ? commands : kept;
};

/** An overlay after what happened to one of its commands. Pure; the same reference when nothing changed. */
export const reduceOverlay = (overlay: Overlay, action: OverlayAction): Overlay => {
  switch (action.type) {
    case 'sent': {
      const { commandId, command, at } = action;
      return {
        // A retry takes its place at the end: what was done meanwhile came first.
        commands: [...without(overlay.commands, commandId), { commandId, command, at, phase: 'sending' }],
        problems: without(overlay.problems, commandId),
      };
    }
    case 'recorded': {
      const { commandId, events } = action;
      // A no-op needs no settling.
      if (events.length === 0) return { ...overlay, commands: without(overlay.commands, commandId) };
      return {
        ...overlay,
        commands: overlay.commands.map((pending) =>
          pending.commandId === commandId
            ? { commandId, command: pending.command, at: pending.at, phase: 'recorded', events }
            : pending,
        ),
      };
    }
    case 'refused': {
      const { problem } = action;
      return {
        commands: without(overlay.commands, problem.commandId),
        problems: [...without(overlay.problems, problem.commandId), problem],
      };
    }
    case 'dismissed':
      return { ...overlay, problems: without(overlay.problems, action.commandId) };
    case 'read': {
      const commands = keptAfterRead(overlay.commands, action.versions);
      return commands === overlay.commands ? overlay : { ...overlay, commands };
    }
    case 'left': {
      const commands = overlay.commands.filter(({ phase }) => phase === 'sending');
      return commands.length === overlay.commands.length ? overlay : { ...overlay, commands };
    }
  }
};

/** An event that the row doesn't hold yet. The record has the prediction's id, so that it takes its place. */
export type OverlaidEvent = {
  readonly eventId: string;
  readonly commandId: string;
  readonly event: WaybillEvent;
  /** ISO 8601: when the person acted, or business time once it is recorded. */
  readonly at: string;
  readonly isRecorded: boolean;
};

export type Seen = {
  /** `versions` are those that the person has seen: of a stream with a gap the one before the gap. */
  readonly waybill: Waybill;
  readonly events: readonly OverlaidEvent[];
};

type Overlaid = OverlaidEvent & { readonly record: RecordedEvent<WaybillEvent> | null };

const overlaid = (pending: PendingCommand, waybill: Waybill): readonly Overlaid[] => {
  const { commandId } = pending;
  if (pending.phase === 'recorded') {
    return pending.events
      .filter((event): event is RecordedEvent<WaybillEvent> => event.streamType !== 'inventory')
      .filter((event) => !holds(waybill.versions, event))
      .map((record) => {
        const { eventId, event, occurredAt } = record;
        return { eventId, commandId, event, at: occurredAt, isRecorded: true, record };
      });
  }
  // Decided again on each new row: what the row holds by now is not predicted twice, and what others have made
  // impossible is no longer shown.
  const decision = decide(pending.command, waybill);
  if (!decision.ok) return [];
  const at = new Date(pending.at).toISOString();
  return decision.events.map((event, index) => ({
    eventId: eventIdOf(commandId, index),
    commandId,
    event,
    at,
    isRecorded: false,
    record: null,
  }));
};

/** Whether others have written between what is seen and this event: then nobody has seen what. */
const jumps = ({ versions }: Waybill, { streamId, version }: RecordedEvent<WaybillEvent>): boolean =>
  version > (versions[streamId] ?? 0) + 1;

/** What the person sees: the row, and over it what was recorded or is predicted beyond it. Pure. */
export const see = (overlay: Overlay, row: Waybill): Seen => {
  let waybill = row;
  const events: OverlaidEvent[] = [];
  const beforeGap: Record<StreamId, number> = {};
  for (const pending of overlay.commands) {
    for (const { record, ...item } of overlaid(pending, waybill)) {
      if (record && jumps(waybill, record)) beforeGap[record.streamId] ??= waybill.versions[record.streamId] ?? 0;
      waybill = evolve(waybill, item.event);
      events.push(item);
    }
  }
  if (Object.keys(beforeGap).length === 0) return { waybill, events };
  return { waybill: { ...waybill, versions: { ...waybill.versions, ...beforeGap } }, events };
};

/**
 * The versions that a command is decided on: of all that the person sees, own earlier commands included, but for what
 * was recorded after something of others that no row has shown.
 */
export const decidedOn = ({ waybill }: Seen): Record<StreamId, number> => ({ ...waybill.versions });
