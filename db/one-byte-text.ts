/**
 * A text of Latin-1 alone, such that V8 keeps it in one byte a letter. One whose wide letters were replaced keeps its two
 * bytes a letter until it has gone through bytes.
 */
export const inOneByte = (text: string): string => Buffer.from(text, 'latin1').toString('latin1');

/** The four digits of an escape: `266d` of “♭”. */
export const escapeDigits = (unit: string): string => unit.charCodeAt(0).toString(16).padStart(4, '0');
