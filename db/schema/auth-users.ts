import { boolean, text, timestamp } from 'drizzle-orm/pg-core';
import { auth } from './schemas.ts';

export const users = auth.table('users', {
  id: text().primaryKey(),
  name: text().notNull(),
  email: text().notNull().unique('users_email_key'),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  /** Set by the seed and by administrators only; never by a client. */
  role: text().notNull().default('customer'),
});
