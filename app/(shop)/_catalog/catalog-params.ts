import { parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server';

/** Price bands of the filter, minor units of the shop's currency: from (inclusive) and below (exclusive). */
export const priceBands = {
  'under-20': { label: 'Under € 20', below: 2_000 },
  '20-50': { label: '€ 20 to 50', from: 2_000, below: 5_000 },
  '50-100': { label: '€ 50 to 100', from: 5_000, below: 10_000 },
  'over-100': { label: '€ 100 and more', from: 10_000 },
} as const satisfies Record<string, { label: string; from?: number; below?: number }>;

export type PriceBand = keyof typeof priceBands;
export const priceBandNames = Object.keys(priceBands) as PriceBand[];

export const sortings = {
  composed: 'Our order',
  'price-up': 'Price, low first',
  'price-down': 'Price, high first',
  name: 'Name',
} as const;
export type Sorting = keyof typeof sortings;

/** What the address says of the catalog: read by the server for the first paint, and by the filters. */
export const catalogParams = {
  q: parseAsString.withDefault(''),
  kind: parseAsString.withDefault(''),
  price: parseAsStringLiteral(priceBandNames),
  stock: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(Object.keys(sortings) as Sorting[]).withDefault('composed'),
};

export type CatalogChoice = {
  readonly q: string;
  readonly kind: string;
  readonly price: PriceBand | null;
  readonly stock: boolean;
  readonly sort: Sorting;
};

/** The input of `shop.catalog.list` for a choice. The same on server and browser, so that both mean one query. */
export const catalogInput = (choice: CatalogChoice, category: string | null) => {
  const band: { from?: number; below?: number } = choice.price ? priceBands[choice.price] : {};
  return {
    ...(category ? { category } : {}),
    ...(choice.kind ? { subcategory: choice.kind } : {}),
    ...(choice.q.trim() ? { text: choice.q.trim().slice(0, 80) } : {}),
    ...(band.from === undefined ? {} : { priceFromMinor: band.from }),
    ...(band.below === undefined ? {} : { priceBelowMinor: band.below }),
    ...(choice.stock ? { inStock: true } : {}),
    order: choice.sort,
  };
};
