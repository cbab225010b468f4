import { text, timestamp } from 'drizzle-orm/pg-core';
import type { OrderSort } from '#domain/search/order-sorts.ts';
import { desk } from './schemas.ts';

/** How an agent wants the list. */
export const deskPreferences = desk.table('preferences', {
  userId: text('user_id').primaryKey(),
  /** Ids of columns, in the agent's own order. */
  columns: text().array().notNull(),
  sort: text().$type<OrderSort>().notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
});
