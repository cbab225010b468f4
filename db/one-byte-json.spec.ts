import { serialize } from 'node:v8';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { oneByteJson } from './one-byte-json.ts';

/** Whether V8 keeps a text with one byte a letter: its serializer writes which, after two bytes of header. */
const isOneByte = (text: string): boolean => {
  const bytes = serialize(text);
  // A text of two bytes a letter may be preceded by padding (0).
  return String.fromCharCode(bytes.subarray(2).find((byte) => byte !== 0) ?? 0) === '"';
};

it('keeps the value, in one byte a letter', () => {
  expect(isOneByte('{"name":"B♭ trumpet"}')).toBe(false);
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const json = oneByteJson(value);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(isOneByte(json)).toBe(true);
    }),
  );
  expect(oneByteJson({ name: 'B♭ trumpet 🎺', notes: ['–', 'é'] })).toBe(
    String.raw`{"name":"B\u266d trumpet \ud83c\udfba","notes":["\u2013","é"]}`,
  );
});
