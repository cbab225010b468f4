import { pgSchema } from 'drizzle-orm/pg-core';

/** The plain tables: catalog, customers, warehouses. */
export const shop = pgSchema('shop');
/** Accounts and sessions. */
export const auth = pgSchema('auth');
/** What agents keep for themselves. */
export const desk = pgSchema('desk');
