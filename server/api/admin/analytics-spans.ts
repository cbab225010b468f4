import { readCurrencySpans } from '#server/queries/admin-analytics-span.ts';
import { adminProcedure } from '../procedures.ts';

/** The currencies that were sold in, and when, where and through what. */
export const analyticsSpans = adminProcedure
  .meta({ reads: ['analytics'] })
  .query(({ ctx }) => readCurrencySpans(ctx.runtime));
