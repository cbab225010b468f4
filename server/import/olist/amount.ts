import { OlistError } from './olist-error.ts';

/** Reads a decimal of BRL such as `58.90`, `13.9` or `7` as minor units, without ever making a float of it. Throws. */
export const parseMinor = (text: string): number => {
  const match = /^(\d{1,10})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) throw new OlistError(`“${text}” is not an amount such as 58.90`);
  const [, whole = '0', cents = ''] = match;
  return Number(whole) * 100 + Number(cents.padEnd(2, '0'));
};

/** Minor units as people read them: 5890 → `R$ 58.90`. */
export const formatBrl = (minor: number): string =>
  `R$ ${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
