import { z } from 'zod';
import { ageBoundsHours, readFulfillmentAges } from '#server/queries/admin-fulfillment-ages.ts';
import { readFulfillmentSummary } from '#server/queries/admin-fulfillment-summary.ts';
import { adminProcedure } from '../procedures.ts';
import { fulfillmentScope } from './fulfillment-input.ts';

/** The figures of the dashboard and how old what waits is, by warehouse. */
export const fulfillmentSummary = adminProcedure
  .meta({ reads: ['fulfillment_queue'] })
  .input(z.strictObject(fulfillmentScope))
  .query(async ({ ctx, input }) => {
    const [figures, ages] = await Promise.all([
      readFulfillmentSummary(ctx.runtime, input),
      readFulfillmentAges(ctx.runtime, input),
    ]);
    return { figures, ages, ageBoundsHours };
  });
