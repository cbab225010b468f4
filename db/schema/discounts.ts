import { boolean, integer, text, timestamp } from 'drizzle-orm/pg-core';
import type { Discount } from '#domain/order/events.ts';
import { shop } from './schemas.ts';

export const discounts = shop.table('discounts', {
  /** Upper case. */
  code: text().primaryKey(),
  kind: text().$type<Discount['kind']>().notNull(),
  /** Basis points for `percent`, minor units for `amount`. */
  value: integer().notNull(),
  startsAt: timestamp('starts_at', { withTimezone: true }).notNull().defaultNow(),
  endsAt: timestamp('ends_at', { withTimezone: true }),
  active: boolean().notNull().default(true),
});
