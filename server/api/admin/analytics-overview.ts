import { z } from 'zod';
import { readAnalyticsPeriods } from '#server/queries/admin-analytics-periods.ts';
import { readTopSkus } from '#server/queries/admin-analytics-skus.ts';
import { readAnalyticsSplit } from '#server/queries/admin-analytics-split.ts';
import { adminProcedure } from '../procedures.ts';
import { periodBefore, stepFor } from './analytics-range.ts';

const day = z.iso.date();
const input = z
  .strictObject({
    from: day,
    to: day,
    currency: z.string().regex(/^[A-Z]{3}$/),
    channel: z.string().max(40).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
  })
  .refine(({ from, to }) => from <= to, { message: 'The first day lies after the last', path: ['from'] })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < 20 * 366 * 86_400_000, {
    message: 'Choose at most 20 years',
    path: ['from'],
  });

/**
 * One currency's figures over a range of days (UTC, both inclusive) and over the same length before it: by step, by
 * channel, by country, and the SKUs that sold most (these of all channels and countries).
 */
export const analyticsOverview = adminProcedure
  .meta({ reads: ['analytics'] })
  .input(input)
  .query(async ({ ctx, input: filter }) => {
    const step = stepFor(filter);
    const before = periodBefore(filter);
    const [periods, previous, channels, countries, skus] = await Promise.all([
      readAnalyticsPeriods(ctx.runtime, filter, step),
      readAnalyticsPeriods(ctx.runtime, { ...filter, ...before }, step),
      readAnalyticsSplit(ctx.runtime, filter, 'channel'),
      readAnalyticsSplit(ctx.runtime, filter, 'country'),
      readTopSkus(ctx.runtime, filter, 8),
    ]);
    return { step, before, periods, previous, channels, countries, skus };
  });
