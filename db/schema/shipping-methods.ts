import { bigint, integer, text } from 'drizzle-orm/pg-core';
import type { ShippingMethod } from '#domain/order/events.ts';
import { shop } from './schemas.ts';

export const shippingMethods = shop.table('shipping_methods', {
  code: text().$type<ShippingMethod['code']>().primaryKey(),
  rank: integer().notNull().default(0),
  name: text().notNull(),
  priceMinor: bigint('price_minor', { mode: 'number' }).notNull(),
  /** Share of the warehouse's transit days that it takes, rounded up to whole days. */
  transitPercent: integer('transit_percent').notNull(),
});
