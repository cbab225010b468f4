import { jsonb, text } from 'drizzle-orm/pg-core';
import { shop } from './schemas.ts';

/** A country that a warehouse ships to. */
export type ServedCountry = {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Working days from the warehouse's door to the customer's. */
  readonly transitDays: number;
};

export const warehouses = shop.table('warehouses', {
  code: text().primaryKey(),
  city: text().notNull(),
  country: text().notNull(),
  timeZone: text('time_zone').notNull(),
  /** Nearest first. */
  serves: jsonb().$type<readonly ServedCountry[]>().notNull(),
  /** `15:30`, in the warehouse's own time. */
  cutoff: text().notNull(),
});

export type Warehouse = typeof warehouses.$inferSelect;
