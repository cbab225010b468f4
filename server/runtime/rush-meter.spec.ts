import { expect, test } from 'vitest';
import type { FedEvent } from './read-safely.ts';
import { createRushMeter, restAfter } from './rush-meter.ts';

const start = Date.parse('2026-03-01T10:00:00.000Z');
const placedAt = (ms: number, more: Partial<FedEvent> = {}): FedEvent =>
  ({
    event: { type: 'OrderPlaced' },
    origin: 'live',
    recordedAt: new Date(ms).toISOString(),
    ...more,
  }) as unknown as FedEvent;
const many = (count: number, event: FedEvent): FedEvent[] => Array.from({ length: count }, () => event);

const meterAt = (perSecond = 100) => {
  const clock = { ms: start };
  return { clock, meter: createRushMeter(perSecond, () => clock.ms) };
};

test('so many orders within a second are a rush, and a second later no longer', () => {
  const { clock, meter } = meterAt();
  meter.count(many(60, placedAt(start)));
  expect(meter.isRush()).toBe(false);
  clock.ms += 500;
  meter.count(many(40, placedAt(clock.ms)));
  expect(meter.isRush()).toBe(true);
  clock.ms += 600;
  expect(meter.isRush()).toBe(false);
});

test('what is caught up with, imported, or no order at all is none', () => {
  const { meter } = meterAt();
  meter.count(many(200, placedAt(start - 10_000)));
  meter.count(many(200, placedAt(start, { origin: 'import' })));
  meter.count(many(200, placedAt(start, { event: { type: 'OrderConfirmed' } as FedEvent['event'] })));
  expect(meter.isRush()).toBe(false);
});

test('where processors enough are, nothing is a rush', () => {
  const { meter } = meterAt(Number.POSITIVE_INFINITY);
  meter.count(many(1_000, placedAt(start)));
  expect(meter.isRush()).toBe(false);
});

test('a rest is a multiple of the work, and never long', () => {
  expect(restAfter(30, 10)).toBe(300);
  expect(restAfter(400, 10)).toBe(1_000);
});
