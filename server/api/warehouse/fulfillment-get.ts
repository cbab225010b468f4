import { z } from 'zod';
import { fulfillmentIdSchema } from '#domain/shared/ids.ts';
import { readFloorFulfillment } from '#server/queries/floor-fulfillment.ts';
import { productWeights } from '#server/queries/product-weights.ts';
import { shopReference } from '#server/queries/shop-reference.ts';
import { staffNames } from '#server/queries/staff-names.ts';
import { warehouseProcedure } from '../procedures.ts';
import { floorWaybill } from './floor-waybill.ts';

/**
 * One fulfillment with the state of its order (what the browser's decider works on). Null while the read side has not
 * heard of it. `weights`: grams a piece, by SKU; `people`: names by id; `city`: the warehouse's.
 */
export const fulfillmentGet = warehouseProcedure
  .meta({ reads: ['fulfillment_queue', 'order_status'] })
  .input(z.strictObject({ fulfillmentId: fulfillmentIdSchema }))
  .query(async ({ ctx, input: { fulfillmentId } }) => {
    const found = await readFloorFulfillment(ctx.runtime, fulfillmentId);
    const fulfillment = found?.waybill.fulfillments[fulfillmentId];
    if (!found || !fulfillment) return null;
    const [weights, people, { warehouses }] = await Promise.all([
      productWeights(
        ctx.runtime,
        fulfillment.lines.map(({ sku }) => sku),
      ),
      staffNames(ctx.runtime, fulfillment.status === 'picking' ? [fulfillment.picker] : []),
      shopReference(ctx.runtime.crud),
    ]);
    const house = warehouses.find(({ code }) => code === fulfillment.warehouse);
    return {
      orderId: found.orderId,
      at: found.at,
      waybill: floorWaybill(found.waybill),
      weights,
      people,
      city: house?.city ?? fulfillment.warehouse,
    };
  });
