import { expect, test } from 'vitest';
import type { WaybillEvent } from '#domain/events/registry.ts';
import { candles, lamps } from '#domain/fulfillment/fulfillment.builders.ts';
import { fold } from '#domain/shared/decider.ts';
import { lineIdOf } from '#domain/shared/ids.builders.ts';
import {
  amended,
  amendmentAsked,
  cancelLines,
  followedBy,
  requestAmendment,
} from '#domain/waybill/amendment.builders.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { readyToPick } from '#domain/waybill/waybill.builders.ts';
import { lineMarks, shownOrder } from './shown-lines.ts';

const orderOf = (events: readonly WaybillEvent[]) => {
  const { order } = fold(evolve, blankWaybill, events);
  if (order.status === 'absent') throw new Error('No order');
  return order;
};
const format = {
  money: (minor: number) => String(minor),
  warehouse: (code: string) => code,
  staff: (id: string) => id,
};
const statesOf = (...orders: Parameters<typeof shownOrder>) =>
  shownOrder(...orders).lines.map(({ line, was, state }) => [line.lineId, was?.quantity ?? 0, line.quantity, state]);

test('a settled order shows its lines as they are', () => {
  const order = orderOf(amended);
  const shown = shownOrder(order, order);
  expect(shown.isPending).toBe(false);
  expect(shown.totals).toEqual(shown.was);
});

test('an amendment that waits is shown beside what is recorded', () => {
  const order = orderOf(amendmentAsked);
  expect(statesOf(order, order)).toEqual([
    [candles.lineId, 2, 1, 'changed'],
    [lamps.lineId, 1, 1, 'changed'],
    [lineIdOf(3), 0, 2, 'added'],
  ]);
  expect(shownOrder(order, order).totals).toEqual(orderOf(amended).totals);
});

test('a line that is to be removed stays in sight', () => {
  const order = orderOf(
    followedBy(readyToPick, requestAmendment({ quantities: [{ lineId: lamps.lineId, quantity: 0 }] })),
  );
  expect(statesOf(order, order)).toEqual([
    [candles.lineId, 2, 2, 'kept'],
    [lamps.lineId, 1, 1, 'removed'],
  ]);
});

test('a part that is canceled here and not recorded yet is pending too', () => {
  const after = orderOf(followedBy(readyToPick, cancelLines({ lineId: candles.lineId, quantity: 1 })));
  expect(statesOf(after, orderOf(readyToPick))).toEqual([
    [candles.lineId, 2, 1, 'changed'],
    [lamps.lineId, 1, 1, 'kept'],
  ]);
});

test('lines tell what was changed of them', () => {
  expect(lineMarks(followedBy(amended), format)).toEqual({
    [candles.lineId]: ['was 2'],
    [lamps.lineId]: [expect.stringMatching(/^was \d+ each: Scratched$/)],
    [lineIdOf(3)]: ['added later'],
  });
});
