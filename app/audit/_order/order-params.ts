import { createParser, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server';

/** Where in time an order is looked at, in the address. */
export const orderParams = {
  /** An event's id: as of just after it. */
  event: parseAsString,
  /** An instant, ISO 8601; wins over `event`. */
  at: createParser<string>({
    parse: (text) => (Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString()),
    serialize: (iso) => iso,
  }),
  by: parseAsStringLiteral(['recorded', 'business'] as const).withDefault('recorded'),
  compare: parseAsBoolean.withDefault(true),
};
