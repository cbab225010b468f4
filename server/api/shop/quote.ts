import { z } from 'zod';
import { type ShopReference, shopReference } from '#server/queries/shop-reference.ts';
import { availableBySku } from '#server/queries/stock.ts';
import { type PricedCart, priceCart } from '#server/runtime/price-cart.ts';
import { publicProcedure } from '../procedures.ts';
import { wordsOf } from '../refusal.ts';
import { cartLines, countryCode, discountCode, shippingMethodCode } from './cart-input.ts';

const quoteLine = (line: PricedCart['lines'][number], available: number | undefined) => {
  const { product, quantity, unitPriceMinor, discountMinor, taxMinor, totalMinor } = line;
  const { sku, name, picture, hue, size } = product;
  return {
    sku,
    name,
    picture,
    hue,
    size,
    quantity,
    unitPriceMinor,
    discountMinor,
    taxMinor,
    totalMinor,
    available: available ?? null,
  };
};

/** Where it leaves from: the nearest warehouse that serves the country. `cutoff` is in its own time zone. */
const dispatchFrom = (cart: PricedCart, reference: ShopReference) => {
  const [nearest] = cart.methods.length > 0 ? cart.warehousesByDistance : [];
  const house = reference.warehouses.find(({ code }) => code === nearest);
  if (!house) return null;
  const { code, city, country, timeZone, cutoff } = house;
  return { code, city, country, timeZone, cutoff };
};

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
  .query(async ({ ctx, input }) => {
    const [cart, reference] = await Promise.all([
      priceCart(ctx.runtime.crud, input, new Date().toISOString()),
      shopReference(ctx.runtime.crud),
    ]);
    const available = await availableBySku(
      ctx.runtime,
      cart.lines.map(({ product }) => product.sku),
    );
    return {
      currency: cart.currency,
      lines: cart.lines.map((line) => quoteLine(line, available.get(line.product.sku))),
      totals: cart.totals,
      discount: cart.discount,
      tax: cart.tax,
      methods: cart.methods,
      shippingMethod: cart.chosen?.code ?? null,
      shipsFrom: dispatchFrom(cart, reference),
      /** Where we ship to. */
      countries: reference.rates.map(({ country, name }) => ({ code: country, name })),
      problems: cart.problems.map((problem) => ({ problem, words: wordsOf(problem) })),
    };
  });
