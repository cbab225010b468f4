import { parseMinor } from './amount.ts';
import { type OlistRow, readRows } from './read-csv.ts';
import { type Instant, parseSaoPaulo } from './sao-paulo-time.ts';

export type OlistItem = {
  readonly itemId: number;
  readonly productId: string;
  readonly sellerId: string;
  readonly shippingLimit: Instant;
  readonly priceMinor: number;
  readonly freightMinor: number;
};

export type OlistPayment = {
  readonly sequential: number;
  /** As in the file, such as `credit_card`. */
  readonly type: string;
  readonly installments: number;
  readonly valueMinor: number;
};

export type OlistCustomer = {
  readonly uniqueId: string;
  readonly zipCodePrefix: string;
  readonly city: string;
  readonly state: string;
};

/** What goes into the import, counted from the files alone: the report holds the database against it. */
export type SourceTotals = {
  readonly itemCount: number;
  readonly itemsMinor: number;
  readonly freightMinor: number;
  readonly paymentCount: number;
  /** By payment type as in the file. */
  readonly payments: Readonly<Record<string, { readonly count: number; readonly minor: number }>>;
};

/**
 * All that belongs to orders, by key: some 60 MB for 100,000 orders. The orders themselves are streamed. `items` and
 * `payments` are by order id; who joins an order takes its entries out, so that what is left belongs to none.
 */
export type OlistTables = {
  readonly items: Map<string, OlistItem[]>;
  readonly payments: Map<string, OlistPayment[]>;
  readonly customers: ReadonlyMap<string, OlistCustomer>;
  /** Product id → category, in Portuguese; empty where it has none. */
  readonly products: ReadonlyMap<string, string>;
  /** Seller id → state. */
  readonly sellers: ReadonlyMap<string, string>;
  /** Category in Portuguese → in English. */
  readonly translations: ReadonlyMap<string, string>;
  readonly totals: SourceTotals;
};

// The parser's strings are slices of its 64 KB chunks and would keep those alive.
const owned = (text: string): string => Buffer.from(text).toString();

const push = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(owned(key), [value]);
};

/** One copy of texts that come again and again, such as cities and seller ids. */
const createPool = () => {
  const pool = new Map<string, string>();
  return (text: string): string => {
    const known = pool.get(text);
    if (known !== undefined) return known;
    const copy = owned(text);
    pool.set(copy, copy);
    return copy;
  };
};

const itemOf = (row: OlistRow<'olist_order_items_dataset'>, pool: (text: string) => string): OlistItem => ({
  itemId: Number(row.order_item_id),
  productId: pool(row.product_id),
  sellerId: pool(row.seller_id),
  shippingLimit: parseSaoPaulo(row.shipping_limit_date),
  priceMinor: parseMinor(row.price),
  freightMinor: parseMinor(row.freight_value),
});

/** Reads the six tables that orders are joined with. Throws `OlistError`. */
export const readTables = async (folder: string): Promise<OlistTables> => {
  const pool = createPool();
  const items = new Map<string, OlistItem[]>();
  const payments = new Map<string, OlistPayment[]>();
  const customers = new Map<string, OlistCustomer>();
  const products = new Map<string, string>();
  const sellers = new Map<string, string>();
  const translations = new Map<string, string>();
  const byType: Record<string, { count: number; minor: number }> = {};
  let itemsMinor = 0;
  let freightMinor = 0;

  await readRows(folder, 'product_category_name_translation', (row) => {
    translations.set(owned(row.product_category_name), owned(row.product_category_name_english));
  });
  await readRows(folder, 'olist_sellers_dataset', (row) => {
    sellers.set(pool(row.seller_id), pool(row.seller_state));
  });
  await readRows(folder, 'olist_products_dataset', (row) => {
    products.set(pool(row.product_id), pool(row.product_category_name));
  });
  await readRows(folder, 'olist_customers_dataset', (row) => {
    customers.set(owned(row.customer_id), {
      uniqueId: pool(row.customer_unique_id),
      zipCodePrefix: pool(row.customer_zip_code_prefix),
      city: pool(row.customer_city),
      state: pool(row.customer_state),
    });
  });
  const itemCount = await readRows(folder, 'olist_order_items_dataset', (row) => {
    const item = itemOf(row, pool);
    itemsMinor += item.priceMinor;
    freightMinor += item.freightMinor;
    push(items, row.order_id, item);
  });
  const paymentCount = await readRows(folder, 'olist_order_payments_dataset', (row) => {
    const type = pool(row.payment_type);
    const valueMinor = parseMinor(row.payment_value);
    const { count, minor } = byType[type] ?? { count: 0, minor: 0 };
    byType[type] = { count: count + 1, minor: minor + valueMinor };
    const installments = Number(row.payment_installments);
    push(payments, row.order_id, { sequential: Number(row.payment_sequential), type, installments, valueMinor });
  });
  const totals = { itemCount, itemsMinor, freightMinor, paymentCount, payments: byType };
  return { items, payments, customers, products, sellers, translations, totals };
};
