import { expect, test } from 'vitest';
import { type Caused, causeTree } from './cause-tree.ts';

const event = (eventId: string, causationId: string | null = null, correlationId = 'one'): Caused => ({
  eventId,
  causationId,
  correlationId,
});
const drawn = (events: readonly Caused[]): string[] =>
  causeTree(events).map((node) => `${'.'.repeat(node.depth)}${node.event.eventId}`);

test('an effect hangs under its cause, also when others came in between', () => {
  expect(
    drawn([event('placed'), event('reserved', 'placed'), event('mailed', 'placed'), event('asked', 'reserved')]),
  ).toEqual(['placed', '.reserved', '..asked', '.mailed']);
});

test('what a second person began stands by itself', () => {
  expect(drawn([event('placed'), event('note', null, 'two'), event('reserved', 'placed')])).toEqual([
    'placed',
    '.reserved',
    'note',
  ]);
});

test('an answer from outside hangs under what its correlation began with', () => {
  expect(drawn([event('placed'), event('asked', 'placed'), event('authorized')])).toEqual([
    'placed',
    '.asked',
    '.authorized',
  ]);
});

test('a cause that is not among the events loses nothing', () => {
  expect(drawn([event('placed'), event('picked', 'elsewhere', 'two')])).toEqual(['placed', 'picked']);
});

test('causes that point at each other make no ring, and every event is shown once', () => {
  expect(drawn([event('a', 'b'), event('b', 'a')])).toEqual(['a', '.b']);
});

test('ten thousand effects in a row are no deeper than the stack', () => {
  const chain = Array.from({ length: 10_000 }, (_, index) => event(`e${index}`, index === 0 ? null : `e${index - 1}`));
  expect(causeTree(chain).at(-1)?.depth).toBe(9_999);
});
