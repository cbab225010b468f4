import { createSecretKey, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { seal, unseal } from './envelope-crypto.ts';

const key = createSecretKey(randomBytes(32));

test('no two sealings share an initialization vector, however many follow one another', () => {
  const sealed = Array.from({ length: 2_000 }, () => seal(key, Buffer.from('Ana Sousa'), 'place'));
  expect(new Set(sealed.map((one) => one.toString('hex', 0, 12))).size).toBe(2_000);
  // What was taken for one is not overwritten by what is taken after it.
  expect(sealed.every((one) => unseal(key, one, 'place').toString() === 'Ana Sousa')).toBe(true);
});
