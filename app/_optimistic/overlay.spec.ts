import { expect, test } from 'vitest';
import { streamOf, type WaybillEvent } from '#domain/events/registry.ts';
import { fold } from '#domain/shared/decider.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { eventIdOf } from '#domain/shared/event-id.ts';
import { orderId, uuid } from '#domain/shared/ids.builders.ts';
import type { WaybillCommand } from '#domain/waybill/decide.ts';
import { blankWaybill, evolve, type Waybill } from '#domain/waybill/state.ts';
import { beingPicked, confirmed, readyToPick } from '#domain/waybill/waybill.builders.ts';
import {
  decidedOn,
  emptyOverlay,
  type Overlay,
  type OverlayAction,
  type Problem,
  reduceOverlay,
  see,
} from './overlay.ts';

const rowOf = (events: readonly WaybillEvent[]): Waybill => fold(evolve, blankWaybill, events);
const overlayOf = (...actions: OverlayAction[]): Overlay => actions.reduce(reduceOverlay, emptyOverlay);

const note = (number: number) =>
  ({ type: 'AddNote', orderId, noteId: uuid(number), text: `Note ${number}`, visibility: 'internal' }) as const;
const cancel = { type: 'CancelOrder', orderId, reason: 'Customer asked', restock: true } as const;
const at = Date.parse('2026-11-21T09:00:00.000Z');
const sent = (number: number, command: WaybillCommand) =>
  ({ type: 'sent', commandId: uuid(number), command, at }) as const;

/** As the server would record what was predicted. */
const record = (overlay: Overlay, row: Waybill, number: number): RecordedEvent<WaybillEvent>[] => {
  const versions = { ...row.versions };
  return see(overlay, row)
    .events.filter(({ commandId }) => commandId === uuid(number))
    .map(({ eventId, event }, index) => {
      const ref = streamOf(event);
      versions[ref.streamId] = (versions[ref.streamId] ?? 0) + 1;
      return {
        ...ref,
        eventId,
        event,
        version: versions[ref.streamId] ?? 0,
        at: { incarnation: 1, transactionId: 900, position: 40 + index },
        metadata: {
          actor: { id: 'ines', role: 'support' },
          commandId: uuid(number),
          correlationId: 'c',
          causationId: null,
        },
        occurredAt: '2026-11-21T09:00:01.000Z',
        recordedAt: '2026-11-21T09:00:01.000Z',
        origin: 'live',
      };
    });
};

test('a command is seen at once, as the real decider decides it', () => {
  const { waybill, events } = see(overlayOf(sent(1, cancel)), rowOf(readyToPick));
  expect(waybill.order.status).toBe('canceled');
  expect(events.map(({ event, isRecorded }) => [event.type, isRecorded])).toEqual([
    ['FulfillmentCanceled', false],
    ['OrderCanceled', false],
  ]);
});

test('predicted events have the ids that the server will give them', () => {
  const { events } = see(overlayOf(sent(1, cancel)), rowOf(readyToPick));
  expect(events.map(({ eventId }) => eventId)).toEqual([eventIdOf(uuid(1), 0), eventIdOf(uuid(1), 1)]);
});

test('a later command is decided on what the earlier ones predict', () => {
  const { waybill } = see(overlayOf(sent(1, note(1)), sent(2, note(2))), rowOf(confirmed));
  expect(waybill.order).toMatchObject({ notes: [{ text: 'Note 1' }, { text: 'Note 2' }] });
});

test('the server’s events take the place of the predicted ones, and nothing is seen twice', () => {
  const row = rowOf(readyToPick);
  const predicted = overlayOf(sent(1, cancel));
  const recorded = reduceOverlay(predicted, {
    type: 'recorded',
    commandId: uuid(1),
    events: record(predicted, row, 1),
  });
  const [before, after] = [see(predicted, row), see(recorded, row)];
  expect(after.waybill).toEqual(before.waybill);
  expect(after.events.map(({ eventId, isRecorded }) => [eventId, isRecorded])).toEqual(
    before.events.map(({ eventId }) => [eventId, true]),
  );
});

test('a command is settled when the row has passed the versions of its events, and not before', () => {
  const row = rowOf(confirmed);
  const predicted = overlayOf(sent(1, note(1)));
  const events = record(predicted, row, 1);
  const recorded = reduceOverlay(predicted, { type: 'recorded', commandId: uuid(1), events });
  const stale = reduceOverlay(recorded, { type: 'read', versions: row.versions });
  const passed = see(recorded, row).waybill;
  expect(stale.commands).toHaveLength(1);
  expect(see(stale, row).waybill.order).toMatchObject({ notes: [{ text: 'Note 1' }] });
  expect(reduceOverlay(stale, { type: 'read', versions: passed.versions }).commands).toEqual([]);
});

test('a row that already holds an unanswered command’s event doesn’t show it twice', () => {
  const predicted = overlayOf(sent(1, note(1)));
  const row = see(predicted, rowOf(confirmed)).waybill;
  expect(see(predicted, row)).toEqual({ waybill: row, events: [] });
});

test('when others make a prediction impossible it is no longer shown, even before the server answers', () => {
  expect(see(overlayOf(sent(1, cancel)), rowOf(beingPicked))).toEqual({ waybill: rowOf(beingPicked), events: [] });
});

test('a refusal rolls the prediction back and leaves its reason', () => {
  const problem: Problem = { kind: 'rejected', commandId: uuid(1), command: cancel, words: 'The warehouse has begun.' };
  const overlay = overlayOf(sent(1, cancel), sent(2, note(2)), { type: 'refused', problem });
  expect(overlay.problems).toEqual([problem]);
  expect(see(overlay, rowOf(confirmed)).waybill.order).toMatchObject({
    status: 'confirmed',
    notes: [{ text: 'Note 2' }],
  });
});

test('a retry takes the problem’s place under the same id', () => {
  const problem: Problem = { kind: 'failed', commandId: uuid(1), command: cancel, words: 'No answer.', reference: 'r' };
  const overlay = overlayOf(sent(1, cancel), { type: 'refused', problem }, sent(1, cancel));
  expect(overlay).toEqual({ commands: [{ commandId: uuid(1), command: cancel, at, phase: 'sending' }], problems: [] });
});

test('an answer without events has nothing to settle', () => {
  expect(overlayOf(sent(1, cancel), { type: 'recorded', commandId: uuid(1), events: [] })).toEqual(emptyOverlay);
});

test('when nobody shows the order, what is recorded is let go and what is being sent stays', () => {
  const row = rowOf(confirmed);
  const first = overlayOf(sent(1, note(1)));
  const both = [
    { type: 'recorded', commandId: uuid(1), events: record(first, row, 1) } as const,
    sent(2, note(2)),
    { type: 'left' } as const,
  ].reduce<Overlay>(reduceOverlay, first);
  expect(both.commands.map(({ commandId }) => commandId)).toEqual([uuid(2)]);
});

test('a command is decided on everything that is seen, own earlier commands included', () => {
  const row = rowOf(confirmed);
  const versions = decidedOn(see(overlayOf(sent(1, note(1))), row));
  expect(versions[`order-${orderId}`]).toBe((row.versions[`order-${orderId}`] ?? 0) + 1);
});

test('what others wrote before one’s own event counts as unseen until a row holds it', () => {
  const row = rowOf(confirmed);
  const stream = `order-${orderId}` as const;
  const seenVersion = row.versions[stream] ?? 0;
  const first = overlayOf(sent(1, note(1)));
  // A colleague's event took the version that was predicted.
  const events = record(first, row, 1).map((event) => ({ ...event, version: event.version + 1 }));
  const mine = reduceOverlay(first, { type: 'recorded', commandId: uuid(1), events });
  const next = reduceOverlay(mine, sent(2, note(2)));
  expect(see(next, row).waybill.order).toMatchObject({ notes: [{ text: 'Note 1' }, { text: 'Note 2' }] });
  expect([decidedOn(see(mine, row))[stream], decidedOn(see(next, row))[stream]]).toEqual([seenVersion, seenVersion]);
});

test('what changes nothing keeps the reference, so that screens don’t draw again', () => {
  const overlay = overlayOf(sent(1, note(1)));
  expect(reduceOverlay(overlay, { type: 'read', versions: {} })).toBe(overlay);
  expect(reduceOverlay(overlay, { type: 'left' })).toBe(overlay);
});
