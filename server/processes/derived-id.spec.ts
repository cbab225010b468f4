import { expect, test } from 'vitest';
import { derivedId } from './derived-id.ts';

test('the same parts give the same id in every release: a redelivered command keeps its own', () => {
  expect(derivedId('checkout', '01932b5e-0000-7000-8000-000000000001')).toBe('02a4ead7-76e4-5897-a0fd-dc36e458cc39');
  expect(derivedId('capture', 'ação', '€ 5')).toBe('52f19b73-9003-50d2-b52d-1b8ce5d16b58');
});

test('where one part ends and the next begins counts', () => {
  expect(derivedId('a', 'bc')).not.toBe(derivedId('ab', 'c'));
});
