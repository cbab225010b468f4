import { expect, test } from 'vitest';
import { localPath } from './home-of.ts';

test('goes on to a path of ours', () => {
  expect(localPath('/orders?from=mail#top')).toBe('/orders?from=mail#top');
});

test.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\/evil.example',
  'javascript:alert(1)',
  '',
  null,
])('never goes on to %s', (next) => {
  expect(localPath(next)).toBeNull();
});
