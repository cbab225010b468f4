import { parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { queueViews } from './queue-input.ts';

/** What the address says of the queue. */
export const queueParams = {
  warehouse: parseAsString,
  view: parseAsStringLiteral(queueViews).withDefault('all'),
  text: parseAsString.withDefault(''),
};
