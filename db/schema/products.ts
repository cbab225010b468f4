import { bigint, boolean, index, integer, text } from 'drizzle-orm/pg-core';
import { shop } from './schemas.ts';

export const products = shop.table(
  'products',
  {
    sku: text().primaryKey(),
    rank: integer().notNull().default(0),
    name: text().notNull(),
    category: text().notNull(),
    subcategory: text().notNull(),
    description: text().notNull(),
    /** Gross. */
    priceMinor: bigint('price_minor', { mode: 'number' }).notNull(),
    currency: text().notNull().default('EUR'),
    picture: text(),
    hue: integer().notNull(),
    size: text(),
    bin: text(),
    weightGrams: integer('weight_grams').notNull(),
    active: boolean().notNull().default(true),
  },
  (table) => [index('products_by_category').on(table.category, table.rank, table.sku)],
);

export type Product = typeof products.$inferSelect;
