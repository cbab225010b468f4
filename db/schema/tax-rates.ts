import { integer, text } from 'drizzle-orm/pg-core';
import { shop } from './schemas.ts';

export const taxRates = shop.table('tax_rates', {
  /** ISO 3166-1 alpha-2. */
  country: text().primaryKey(),
  name: text().notNull(),
  /** 2300 = 23 %. */
  basisPoints: integer('basis_points').notNull(),
});
