import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Product } from '#db/schema/products.ts';
import type { Warehouse } from '#db/schema/warehouses.ts';
import type { DeliveryPromise, Discount, ShippingMethod, Totals } from '#domain/order/events.ts';
import { type Priced, priceOrder } from '#domain/order/pricing.ts';
import { promiseFor, transitDays } from '#domain/order/promise.ts';
import type { WarehouseCode } from '#domain/shared/ids.ts';
import { productsBySku } from '#server/queries/catalog.ts';
import { findDiscount } from '#server/queries/discount.ts';
import { type ShopReference, shopReference } from '#server/queries/shop-reference.ts';
import type { CartProblem } from './cart-problem.ts';

/** What a buyer chose. Everything that costs money is looked up here, on the server. */
export type Cart = {
  readonly lines: readonly {
    readonly sku: string;
    readonly quantity: number;
    /** What an agent has agreed to, instead of the catalog's price. No input of a customer's has it. */
    readonly agreedPriceMinor?: number | undefined;
  }[];
  /** Where it goes to, ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly discountCode: string | null;
  readonly shippingMethod: ShippingMethod['code'];
};

export type OfferedMethod = ShippingMethod & { readonly promise: DeliveryPromise };

type CartLine = { readonly product: Product; readonly quantity: number; readonly unitPriceMinor: number };

export type PricedCart = {
  readonly currency: string;
  readonly lines: readonly Priced<CartLine>[];
  readonly totals: Totals;
  readonly discount: Discount | null;
  readonly tax: { readonly country: string; readonly basisPoints: number };
  /** Every way of shipping to that country, with its price and promise. */
  readonly methods: readonly OfferedMethod[];
  readonly chosen: OfferedMethod | null;
  /** Nearest first: those that serve the country, then the rest. */
  readonly warehousesByDistance: readonly WarehouseCode[];
  /** What stands in the way of ordering just this; the sums leave it out. */
  readonly problems: readonly CartProblem[];
};

const transitTo = (warehouse: Warehouse, country: string): number =>
  warehouse.serves.find((served) => served.country === country)?.transitDays ?? Number.POSITIVE_INFINITY;

const byDistance = (warehouses: readonly Warehouse[], country: string): Warehouse[] =>
  warehouses.toSorted((a, b) => {
    const [near, far] = [transitTo(a, country), transitTo(b, country)];
    return near === far ? a.code.localeCompare(b.code) : near - far;
  });

const offeredMethods = (reference: ShopReference, country: string, now: string): OfferedMethod[] => {
  const [nearest] = byDistance(reference.warehouses, country);
  const days = nearest ? transitTo(nearest, country) : Number.POSITIVE_INFINITY;
  if (!nearest || !Number.isFinite(days)) return [];
  return reference.methods.map(({ code, name, priceMinor, transitPercent }) => ({
    code,
    name,
    priceMinor,
    promise: promiseFor(now, nearest, transitDays(days, transitPercent)),
  }));
};

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

/**
 * Prices a cart for a country at `now` (ISO). What can't be ordered is named in `problems` and left out of the sums,
 * so that a cart always shows something true.
 */
export const priceCart = async (crud: PostgresJsDatabase, cart: Cart, now: string): Promise<PricedCart> => {
  const [reference, products, discount] = await Promise.all([
    shopReference(crud),
    productsBySku(crud, unique(cart.lines.map(({ sku }) => sku))),
    cart.discountCode ? findDiscount(crud, cart.discountCode, new Date(now)) : null,
  ]);
  const methods = offeredMethods(reference, cart.country, now);
  const chosen = methods.find(({ code }) => code === cart.shippingMethod) ?? null;
  const rate = reference.rates.find(({ country }) => country === cart.country);
  const missing = unique(cart.lines.map(({ sku }) => sku).filter((sku) => !products.has(sku)));
  const isServed = rate !== undefined && methods.length > 0;
  const problems: CartProblem[] = [
    ...missing.map((sku) => ({ code: 'ProductUnknown' as const, sku })),
    ...(isServed ? [] : [{ code: 'CountryNotServed' as const, country: cart.country }]),
    ...(isServed && !chosen ? [{ code: 'ShippingMethodUnknown' as const, method: cart.shippingMethod }] : []),
    ...(cart.discountCode && !discount ? [{ code: 'DiscountUnknown' as const, discountCode: cart.discountCode }] : []),
  ];
  const lines = cart.lines.flatMap(({ sku, quantity, agreedPriceMinor }) => {
    const product = products.get(sku);
    return product ? [{ product, quantity, unitPriceMinor: agreedPriceMinor ?? product.priceMinor }] : [];
  });
  const basisPoints = rate?.basisPoints ?? 0;
  const priced = priceOrder({
    lines,
    discount,
    shippingMinor: chosen?.priceMinor ?? 0,
    taxRateBasisPoints: basisPoints,
  });
  return {
    currency: lines[0]?.product.currency ?? 'EUR',
    lines: priced.lines,
    totals: priced.totals,
    discount,
    tax: { country: cart.country, basisPoints },
    methods,
    chosen,
    warehousesByDistance: byDistance(reference.warehouses, cart.country).map(({ code }) => code as WarehouseCode),
    problems,
  };
};
