import type { WaybillEvent } from '#domain/events/registry.ts';
import { streamOf } from '#domain/events/registry.ts';
import type { Actor } from '#domain/shared/envelope.ts';
import type { StreamId } from '#domain/shared/ids.ts';
import { beginning } from '#domain/shared/store-position.ts';
import type { AppendCommand, AppendUnit } from '#server/event-store/append-unit.ts';
import { commandIdOf, noteIdOf, orderIdOf } from './ids.ts';
import { type Finding, inconsistencyKinds } from './inconsistencies.ts';
import { mapFulfillments } from './map-fulfillments.ts';
import { mapPayments } from './map-payments.ts';
import { mapPlaced } from './map-placed.ts';
import type { OlistOrder } from './olist-order.ts';
import { stepsOf } from './steps.ts';

export const importActor: Actor = { id: 'import:olist', role: 'system' };

/** What one step of an order was told by: one command, all of whose events share its business time. */
export type MappedStep = { readonly step: string; readonly at: string; readonly events: readonly WaybillEvent[] };

const noteOn = (findings: readonly Finding[]): string | null => {
  const noted = findings.filter(({ kind }) => inconsistencyKinds[kind].noted);
  if (noted.length === 0) return null;
  const lines = noted.map(({ kind, detail }) => `${detail}. ${inconsistencyKinds[kind].handling}`);
  return `Imported from Olist, whose data are at odds here:\n${[...new Set(lines)].join('\n')}`.slice(0, 4_000);
};

/**
 * An order's history as events, in logical order: a step that the source dates before its predecessor stays behind
 * it and keeps its own time. `findings` are those of `inspectOrder`. Pure.
 */
export const mapOrder = (order: OlistOrder, findings: readonly Finding[]): readonly MappedStep[] => {
  const orderId = orderIdOf(order.orderId);
  const steps = stepsOf(order);
  const placed = mapPlaced(order);
  const payments = mapPayments(order);
  const fulfillments = mapFulfillments(order, placed);
  const { approvedAt, sourcedAt, pickingAt, shippedAt, deliveredAt, closed, lastAt } = steps;
  const note = noteOn(findings);

  const mapped: MappedStep[] = [{ step: 'place', at: steps.placedAt, events: [placed, ...payments.requested] }];
  const add = (step: string, at: string, ...events: readonly WaybillEvent[]): void => {
    if (events.length > 0) mapped.push({ step, at, events });
  };

  if (approvedAt !== null)
    add(
      'approve',
      approvedAt,
      ...payments.paid(approvedAt),
      // What could not be supplied was paid, but never confirmed.
      ...(closed === 'unavailable' ? [] : [{ type: 'OrderConfirmed', orderId } as const]),
    );
  if (sourcedAt !== null) add('source', sourcedAt, ...fulfillments.created);
  if (pickingAt !== null) add('pick', pickingAt, ...fulfillments.picking);
  if (shippedAt !== null) add('ship', shippedAt, ...fulfillments.shipped);
  if (deliveredAt !== null) add('deliver', deliveredAt, ...fulfillments.delivered);
  if (closed === 'completed' && deliveredAt !== null) add('complete', deliveredAt, { type: 'OrderCompleted', orderId });
  if (closed === 'unavailable')
    add('reject', lastAt, ...(approvedAt === null ? payments.expired : []), {
      type: 'OrderRejected',
      orderId,
      reason: { code: 'Unavailable' },
    });
  if (closed === 'canceled')
    add('cancel', lastAt, ...(approvedAt === null ? payments.expired : []), {
      type: 'OrderCanceled',
      orderId,
      lines: placed.lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
      reason: 'Canceled at Olist, the reason is not known',
      restock: false,
    });
  if (note !== null)
    add('note', lastAt, {
      type: 'OrderNoteAdded',
      orderId,
      subjectId: placed.subjectId,
      noteId: noteIdOf(order.orderId),
      text: note,
      visibility: 'internal',
    });
  return mapped;
};

// Neighbors of one time are one command: fewer rows, the same facts. Its id is that of the first step.
const joined = (steps: readonly MappedStep[]): readonly MappedStep[] => {
  const result: MappedStep[] = [];
  for (const step of steps) {
    const last = result.at(-1);
    if (last && last.at === step.at) result[result.length - 1] = { ...last, events: [...last.events, ...step.events] };
    else result.push(step);
  }
  return result;
};

/** The order as one atomic append onto streams that must be new. */
export const unitOf = (order: OlistOrder, steps: readonly MappedStep[]): AppendUnit => {
  const orderId = orderIdOf(order.orderId);
  const streams = new Set<StreamId>(steps.flatMap(({ events }) => events.map((event) => streamOf(event).streamId)));
  return {
    expected: [...streams].map((streamId) => ({ streamId, version: 0 })),
    commands: joined(steps).map(
      ({ step, at, events }): AppendCommand => ({
        commandId: commandIdOf(order.orderId, step),
        actor: importActor,
        bodyHmac: null,
        correlationId: orderId,
        causationId: null,
        origin: 'import',
        occurredAt: at,
        outcome: { status: 'accepted' },
        events,
      }),
    ),
    readTo: beginning,
  };
};
