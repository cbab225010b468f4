import { z } from 'zod';
import { priceCart } from '#server/runtime/price-cart.ts';
import { publicProcedure } from '../procedures.ts';
import { quotedCart } from '../quoted-cart.ts';
import { cartLines, countryCode, discountCode, shippingMethodCode } from './cart-input.ts';

/**
 * Prices a cart: lines, discount, tax of the country, and each way of shipping with its price and promise. What can't
 * be ordered is named in `problems`, with words, and left out of the sums. Promises hold for an order placed now.
 */
export const quote = publicProcedure
  .meta({ reads: ['inventory_view'] })
  .input(
    z.strictObject({
      lines: cartLines,
      country: countryCode,
      shippingMethod: shippingMethodCode.default('standard'),
      discountCode: discountCode.default(null),
    }),
  )
  .query(async ({ ctx, input }) => quotedCart(ctx, await priceCart(ctx.runtime.crud, input, new Date().toISOString())));
