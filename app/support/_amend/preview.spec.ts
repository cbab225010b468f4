import { expect, test } from 'vitest';
import type { WaybillEvent } from '#domain/events/registry.ts';
import { candles, createFulfillment, lamps, pickingStarted } from '#domain/fulfillment/fulfillment.builders.ts';
import { fold } from '#domain/shared/decider.ts';
import { fulfillmentIdOf, porto, rotterdam } from '#domain/shared/ids.builders.ts';
import {
  amendmentAsked,
  cancelLines,
  followedBy,
  inLisbon,
  requestAmendment,
} from '#domain/waybill/amendment.builders.ts';
import { blankWaybill, evolve } from '#domain/waybill/state.ts';
import { beingPicked, confirmed, placed, readyToPick } from '#domain/waybill/waybill.builders.ts';
import { canCancelPart, cancelableLines } from '../_order/cancel-part.ts';
import { begunWords, previewOf, settlementOf, whyUnchangeable } from './preview.ts';

const stateOf = (events: readonly WaybillEvent[]) => fold(evolve, blankWaybill, events);
const settled = (...asked: Parameters<typeof previewOf>) => {
  const preview = previewOf(...asked);
  return preview.ok ? settlementOf(preview) : preview.words;
};

test('more of something is charged, to the cent', () => {
  const more = requestAmendment({ quantities: [{ lineId: candles.lineId, quantity: 3 }] });
  expect(settled(more, stateOf(readyToPick))).toEqual({ kind: 'charge', caption: 'To be charged', minor: 6_490 });
});

test('what was only held is not given back, but charged less', () => {
  expect(settled(cancelLines({ lineId: candles.lineId, quantity: 1 }), stateOf(readyToPick))).toEqual({
    kind: 'less',
    caption: 'Less to be charged',
    minor: 6_490,
  });
});

test('a rejection is told in words', () => {
  const none = [candles, lamps].map(({ lineId }) => ({ lineId, quantity: 0 }));
  expect(settled(requestAmendment({ quantities: none }), stateOf(readyToPick))).toBe(
    'Nothing would be left of the order. Cancel it instead.',
  );
});

test('another address comes too late for the parcel that is being picked, and is told so', () => {
  const split = followedBy(
    confirmed,
    createFulfillment({ lines: [candles] }),
    createFulfillment({ fulfillmentId: fulfillmentIdOf(2), lines: [lamps], warehouse: rotterdam }),
  );
  const moved = requestAmendment({ shipTo: inLisbon });
  expect(previewOf(moved, stateOf(split))).toMatchObject({ ok: true, begunIn: [] });
  expect(previewOf(moved, stateOf([...split, pickingStarted]))).toMatchObject({ ok: true, begunIn: [porto] });
  expect(begunWords(['Porto'])).toBe(
    'The parcel from Porto keeps its address and shipping: the warehouse has begun with it.',
  );
  expect(begunWords(['Porto', 'Lyon'])).toBe(
    'The parcels from Porto, Lyon keep their address and shipping: the warehouse has begun with them.',
  );
  expect(settled(moved, stateOf(beingPicked))).toBe(
    'The warehouse has begun with all of it (picking), so address and shipping stay as they are.',
  );
});

test('an order says why nothing of it can be changed', () => {
  expect(whyUnchangeable(stateOf(readyToPick))).toBeNull();
  expect(whyUnchangeable(stateOf(placed))).toBe('The order is not confirmed yet. Wait for payment and stock.');
  expect(whyUnchangeable(stateOf(amendmentAsked))).toBe(
    'Another change waits for stock or for the bank. Wait until it is through.',
  );
});

test('once one of two parcels is being picked, the other can still be canceled', () => {
  const split = followedBy(
    confirmed,
    createFulfillment({ lines: [candles] }),
    createFulfillment({ fulfillmentId: fulfillmentIdOf(2), lines: [lamps] }),
  );
  const begun = stateOf([...split, pickingStarted]);
  expect(cancelableLines(begun).map(({ line, most }) => [line.lineId, most])).toEqual([[lamps.lineId, 1]]);
  expect(canCancelPart(begun)).toBe(true);
});

test('only what nobody has begun to pick can be canceled in part', () => {
  expect(cancelableLines(stateOf(readyToPick)).map(({ most }) => most)).toEqual([2, 1]);
  expect(canCancelPart(stateOf(readyToPick))).toBe(true);
  expect(cancelableLines(stateOf(beingPicked))).toEqual([]);
  expect(canCancelPart(stateOf(beingPicked))).toBe(false);
  expect(canCancelPart(stateOf(amendmentAsked))).toBe(false);
});
