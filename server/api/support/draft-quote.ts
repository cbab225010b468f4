import { z } from 'zod';
import { priceDraft } from '#server/runtime/enrich-draft.ts';
import { supportProcedure } from '../procedures.ts';
import { quotedCart } from '../quoted-cart.ts';
import { countryCode } from '../shop/cart-input.ts';
import { pricedInput } from './draft-input.ts';

/**
 * What a draft would come to, with agreed prices: sums, tax, each way of shipping, and how much is left in stock. What
 * can't be ordered is named in `problems`, and left out of the sums.
 */
export const draftQuote = supportProcedure
  .meta({ reads: ['inventory_view'] })
  .input(z.strictObject({ ...pricedInput, country: countryCode }))
  .query(async ({ ctx, input }) => quotedCart(ctx, await priceDraft(ctx.runtime, input, new Date().toISOString())));
