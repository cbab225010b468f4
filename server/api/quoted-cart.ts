import type { ShopReference } from '#server/queries/shop-reference.ts';
import { shopReference } from '#server/queries/shop-reference.ts';
import { availableBySku } from '#server/queries/stock.ts';
import type { PricedCart } from '#server/runtime/price-cart.ts';
import type { ApiContext } from './context.ts';
import { wordsOf } from './refusal.ts';

const quoteLine = (line: PricedCart['lines'][number], available: number | undefined) => {
  const { product, quantity, unitPriceMinor, discountMinor, taxMinor, totalMinor } = line;
  const { sku, name, picture, hue, size, priceMinor: catalogPriceMinor } = product;
  return {
    sku,
    name,
    picture,
    hue,
    size,
    quantity,
    unitPriceMinor,
    catalogPriceMinor,
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

/** A priced cart as a screen shows it, with what is left of each product, and problems in words. */
export const quotedCart = async ({ runtime }: Pick<ApiContext, 'runtime'>, cart: PricedCart) => {
  const [reference, available] = await Promise.all([
    shopReference(runtime.crud),
    availableBySku(
      runtime,
      cart.lines.map(({ product }) => product.sku),
    ),
  ]);
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
};
