/**
 * Text as the search compares it: lower case, without accents, single spaces. What an agent types goes through the
 * same function before it is compared with what `order_search` keeps.
 */
export const searchable = (text: string): string =>
  text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/\s+/g, ' ').trim();

/** A phone number as it is compared: its digits, a leading 00 or + left out. */
export const phoneDigits = (phone: string): string => phone.replaceAll(/\D/g, '').replace(/^00/, '');
