import fc from 'fast-check';
import { v5 } from 'uuid';
import { expect, test } from 'vitest';
import { createUuidV5 } from '#domain/shared/uuid-v5.ts';
import { createUuidV5 as inTheBrowser } from './uuid-v5.browser.ts';

const namespace = '5f3c1f0e-6c1b-4c55-9a5e-1d0d4a8f7b21';
const utf8 = new TextEncoder();
const makers = [createUuidV5(namespace), inTheBrowser(namespace)];

test('every name gives the id that the library gives it, on the server and in the browser', () => {
  const names = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 600 }),
    fc.string({ unit: 'grapheme', maxLength: 600 }),
    fc.constantFrom('a'.repeat(512), '€'.repeat(512), '€'.repeat(513), '\ud800', ''),
  );
  fc.assert(
    fc.property(names, (name) => {
      for (const uuidV5 of makers) expect(uuidV5(name)).toBe(v5(utf8.encode(name), namespace));
    }),
    { numRuns: 2_000 },
  );
});

test("RFC 9562's own example comes out", () => {
  const inDns = createUuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8');
  expect(inDns('www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
});
