import { expect, test } from 'vitest';
import { createGathering } from './gathering.ts';

/** What it comes to after three seconds of `events` every 20 ms. */
const after = (events: number): number => {
  const gathering = createGathering({ leastMs: 12, mostMs: 400 });
  let gathers = 0;
  for (let at = 0; at <= 3_000; at += 20) gathers = gathering.afterBatch(events, at);
  return gathers;
};

test('at a trickle the next batch is soon', () => {
  expect(after(1)).toBeCloseTo(12, 1);
  expect(after(20)).toBeCloseTo(12.8, 1);
});

test('the more events come in, the longer they are gathered', () => {
  expect(after(30)).toBeCloseTo(17.6, 1);
  expect(after(38)).toBeCloseTo(65, 0);
});

test('in a rush they are gathered for as long as is allowed', () => {
  expect(after(40)).toBe(400);
  expect(after(500)).toBe(400);
});

test('some hundred at once are not a rush, before or after a quiet time', () => {
  const gathering = createGathering({ leastMs: 12, mostMs: 400 });
  gathering.afterBatch(1, 0);
  expect(gathering.afterBatch(500, 10)).toBeLessThan(13);
  gathering.afterBatch(1, 20_000);
  expect(gathering.afterBatch(500, 20_010)).toBeLessThan(13);
});

test('when the rush is over the next batch is soon again', () => {
  const gathering = createGathering({ leastMs: 12, mostMs: 400 });
  for (let at = 0; at <= 3_000; at += 400) gathering.afterBatch(2_000, at);
  for (let at = 3_400; at <= 5_000; at += 400) gathering.afterBatch(1, at);
  expect(gathering.afterBatch(1, 5_400)).toBeCloseTo(12, 1);
});
