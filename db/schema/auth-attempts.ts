import { integer, text, timestamp } from 'drizzle-orm/pg-core';
import { auth } from './schemas.ts';

/** Sign-in attempts within a window, by a hash of whom and from where. */
export const attempts = auth.table('attempts', {
  key: text().primaryKey(),
  windowBeganAt: timestamp('window_began_at', { withTimezone: true }).notNull(),
  count: integer().notNull(),
});
