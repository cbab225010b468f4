import { jsonb, text, timestamp } from 'drizzle-orm/pg-core';
import type { Tier } from '#domain/order/events.ts';
import { shop } from './schemas.ts';

/** As the checkout takes it. */
export type SavedAddress = {
  readonly name: string;
  readonly phone: string | null;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly region: string | null;
  readonly country: string;
};

export const customers = shop.table('customers', {
  /** The account's id, and the subject of the customer's personal fields. */
  id: text().primaryKey(),
  tier: text().$type<Tier>().notNull().default('standard'),
  defaultAddress: jsonb('default_address').$type<SavedAddress>(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
});

export type Customer = typeof customers.$inferSelect;
