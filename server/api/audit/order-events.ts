import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { orderIdSchema } from '#domain/shared/ids.ts';
import { readStockOf } from '#server/queries/audit-history.ts';
import { tokenless } from '#server/queries/hidden-token.ts';
import { staffNames } from '#server/queries/staff-names.ts';
import { auditorProcedure } from '../procedures.ts';

/** A checkout moves a few stock events a line; past this the tree shows the order's own only. */
const stockMost = 1_000;

/**
 * All events of an order with its payments and fulfillments, from the store itself, in its order; the stock events that
 * belong to the same first commands; and the names of the staff among the actors.
 */
export const orderEvents = auditorProcedure
  .meta({ reads: ['order_history'] })
  .input(z.strictObject({ orderId: orderIdSchema }))
  .query(async ({ ctx, input }) => {
    const events = await ctx.runtime.store.readOrder(input.orderId);
    if (events.length === 0) throw new TRPCError({ code: 'NOT_FOUND' });
    const correlations = [...new Set(events.map(({ metadata }) => metadata.correlationId))];
    const stock = await readStockOf(ctx.runtime, correlations, stockMost);
    const actors = [...events.map(({ metadata }) => metadata.actor), ...stock.map(({ actor }) => actor)];
    return {
      events: tokenless(events),
      stock,
      names: await staffNames(
        ctx.runtime,
        actors.filter(({ role }) => role !== 'system').map(({ id }) => id),
      ),
    };
  });
