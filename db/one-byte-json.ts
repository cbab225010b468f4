import { escapeDigits, inOneByte } from './one-byte-text.ts';

// One character beyond Latin-1 ("B♭ trumpet") has V8 keep all of a text with two bytes for each letter: half a megabyte of
// rows is then copied once more, and put into UTF-8 letter by letter.
const beyondLatin1 = /[^\0-\xff]/;
const eachBeyondLatin1 = /[^\0-\xff]/g;

const escaped = (unit: string): string => `\\u${escapeDigits(unit)}`;

/** JSON of a value for a parameter, all of it in characters that V8 keeps in one byte each. */
export const oneByteJson = (value: unknown): string => {
  const json = JSON.stringify(value);
  return beyondLatin1.test(json) ? inOneByte(json.replace(eachBeyondLatin1, escaped)) : json;
};
