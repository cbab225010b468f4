import { sql } from 'drizzle-orm';
import { boolean, index, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import type { DeskView, OrderSort } from '#domain/search/order-sorts.ts';
import { desk } from './schemas.ts';

/** A search that an agent has kept under a name. */
export const savedViews = desk.table(
  'views',
  {
    id: uuid().primaryKey(),
    ownerId: text('owner_id').notNull(),
    name: text().notNull(),
    /** What stands in the search box. */
    query: text().notNull(),
    base: text().$type<DeskView>().notNull(),
    sort: text().$type<OrderSort>().notNull(),
    isShared: boolean('is_shared').notNull().default(false),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (view) => [
    uniqueIndex('views_by_owner').on(view.ownerId, sql`lower(${view.name})`),
    index('views_shared').on(view.createdAt).where(sql`${view.isShared}`),
  ],
);
