// One character beyond Latin-1 ("B♭ trumpet") has V8 keep all of a text with two bytes for each letter: half a megabyte of
// rows is then copied once more, and put into UTF-8 letter by letter.
const beyondLatin1 = /[^\0-\xff]/;
const eachBeyondLatin1 = /[^\0-\xff]/g;

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON of a value for a parameter, all of it in characters that V8 keeps in one byte each. */
export const oneByteJson = (value: unknown): string => {
  const json = JSON.stringify(value);
  if (!beyondLatin1.test(json)) return json;
  // Through bytes: a text with its wide letters replaced keeps its two bytes a letter.
  return Buffer.from(json.replace(eachBeyondLatin1, escaped), 'latin1').toString('latin1');
};
