/**
 * Text as the search compares it: lower case, without accents, single spaces. What an agent types goes through the
 * same function before it is compared with what `order_search` keeps.
 */
export const searchable = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ').trim();

/** Digits that tell a number apart within a country, however it is dialled. */
const nationalDigits = 9;

/**
 * A phone number as it is compared: its digits, a leading 00 or + left out, and the last nine, as somebody says it who
 * lives there.
 */
export const phoneNumbers = (phone: string): string[] => {
  const digits = phone.replaceAll(/\D/g, '').replace(/^00/, '');
  return digits === '' ? [] : [...new Set([digits, digits.slice(-nationalDigits)])];
};

/** What may stand around a pasted identifier: `(#WB-48213),`. */
export const unwrapped = (word: string): string => word.replaceAll(/^[#<([{'«“]+|[>)\]}'»”,;.!?]+$/g, '');
