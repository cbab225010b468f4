import { expect, test } from 'vitest';
import { eventIdOf } from './event-id.ts';

const commandId = '0197a3c0-0000-7000-8000-000000000001';

test('the same command and index give the same id for ever', () => {
  expect(eventIdOf(commandId, 0)).toBe('7a158989-26c2-5cdc-827b-1e3f1aa49a08');
  expect(eventIdOf(commandId, 1)).toBe('f0e31310-c870-5501-bb7b-a5aa37ec8da1');
});

test('another command or index gives another id', () => {
  const ids = [eventIdOf(commandId, 0), eventIdOf(commandId, 1), eventIdOf('0197a3c0-0000-7000-8000-000000000002', 0)];
  expect(new Set(ids).size).toBe(3);
});
