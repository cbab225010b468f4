import { expect, test } from 'vitest';
import { type OrderSearchRow, orderSearchFold } from './order-search-filters.ts';
import { orderLife } from './testing/histories.ts';
import { recorded } from './testing/recorded.ts';
import { rowOf } from './testing/row-after.ts';

const [first] = orderLife({ seed: 1 });
const orderId = first?.event.type === 'OrderPlaced' ? first.event.orderId : '';
const at = '2026-11-20T10:00:00.000Z';
const then = (data: Readonly<Record<string, unknown>>) => ({ event: { orderId, ...data } as never, occurredAt: at });
const rowAfter = (...more: readonly ReturnType<typeof then>[]): OrderSearchRow | undefined =>
  rowOf(orderSearchFold, recorded([...(first ? [first] : []), ...more]));

test('tags stand once each, in their order; what is taken off is gone', () => {
  const tag = (name: string) => then({ type: 'OrderTagged', tag: name });
  expect(rowAfter(tag('vip'), tag('gift'), tag('vip'))?.tags).toEqual(['gift', 'vip']);
  expect(rowAfter(tag('vip'), tag('gift'), then({ type: 'OrderUntagged', tag: 'vip' }))).toMatchObject({
    tags: ['gift'],
    updatedAt: at,
  });
});

test('an order is looked after by whom it was given to last, or by nobody', () => {
  const assign = (to: string | null) => then({ type: 'OrderAssigned', from: null, to });
  expect(rowAfter()?.assignee).toBeNull();
  expect(rowAfter(assign('ines'), assign('tom'))?.assignee).toBe('tom');
  expect(rowAfter(assign('ines'), assign(null))?.assignee).toBeNull();
});

test('a note changes nothing that a list shows', () => {
  const before = rowAfter();
  const note = { type: 'OrderNoteAdded', noteId: orderId, text: 'Called', visibility: 'internal' };
  expect(rowAfter(then(note))).toEqual(before);
});
