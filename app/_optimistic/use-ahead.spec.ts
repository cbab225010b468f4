import { expect, test } from 'vitest';
import { orderId, uuid } from '#domain/shared/ids.builders.ts';
import type { OverlaidEvent, Problem } from './overlay.ts';
import { type Ahead, followAhead } from './use-ahead.ts';

const event = (number: number): OverlaidEvent => ({
  eventId: uuid(100 + number),
  commandId: uuid(number),
  event: { type: 'OrderTagged', orderId, tag: `tag${number}` },
  at: '2026-11-21T09:00:00.000Z',
  isRecorded: false,
});
const overlaid = (...events: readonly OverlaidEvent[]): Ahead => ({
  overlaid: events,
  problems: [],
  toldAt: 1,
  left: [],
});
const idsIn = ({ left }: Ahead) => left.map(({ eventId }) => eventId);

test('what the row has by now stays until the history was read', () => {
  const left = followAhead(overlaid(event(1)), { overlaid: [], problems: [], toldAt: 1 });
  expect(left.left).toEqual([{ ...event(1), isRecorded: true }]);
  expect(idsIn(followAhead(left, { overlaid: [], problems: [], toldAt: 2 }))).toEqual([]);
});

test('what goes while the history is read stays for one more history', () => {
  const left = followAhead(overlaid(event(1)), { overlaid: [], problems: [], toldAt: 2 });
  expect(idsIn(left)).toEqual([event(1).eventId]);
  expect(idsIn(followAhead(left, { overlaid: [], problems: [], toldAt: 3 }))).toEqual([]);
});

test('what was refused goes at once', () => {
  const problem: Problem = {
    kind: 'rejected',
    commandId: event(1).commandId,
    command: { type: 'TagOrder', orderId, tag: 'tag1' },
    words: 'No.',
  };
  const after = followAhead(overlaid(event(1), event(2)), { overlaid: [event(2)], problems: [problem], toldAt: 1 });
  expect(idsIn(after)).toEqual([]);
});

test('what is overlaid again is not told twice', () => {
  const left = followAhead(overlaid(event(1)), { overlaid: [], problems: [], toldAt: 1 });
  expect(idsIn(followAhead(left, { overlaid: [event(1)], problems: [], toldAt: 1 }))).toEqual([]);
});
