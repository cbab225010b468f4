import type { OlistRow } from './read-csv.ts';
import type { OlistCustomer, OlistItem, OlistPayment, OlistTables } from './read-tables.ts';
import { type Instant, parseSaoPaulo } from './sao-paulo-time.ts';

export const olistStatuses = [
  'created',
  'approved',
  'processing',
  'invoiced',
  'shipped',
  'delivered',
  'canceled',
  'unavailable',
] as const;
export type OlistStatus = (typeof olistStatuses)[number];

export type OrderedProduct = { readonly category: string | null; readonly categoryEnglish: string | null };

/** One order with all that belongs to it, read but not yet judged. */
export type OlistOrder = {
  /** 1 for the file's first. */
  readonly rowNumber: number;
  readonly orderId: string;
  readonly status: OlistStatus | 'unknown';
  readonly statusText: string;
  readonly customerId: string;
  readonly customer: OlistCustomer | null;
  readonly purchased: Instant;
  readonly approved: Instant | null;
  readonly handedToCarrier: Instant | null;
  readonly delivered: Instant | null;
  readonly estimated: Instant | null;
  /** By item id. */
  readonly items: readonly OlistItem[];
  /** By sequence. */
  readonly payments: readonly OlistPayment[];
  /** Null for a product that the products file doesn't have. */
  readonly productOf: (productId: string) => OrderedProduct | null;
  /** Null for a seller that the sellers file doesn't have. */
  readonly sellerStateOf: (sellerId: string) => string | null;
};

const isStatus = (text: string): text is OlistStatus => (olistStatuses as readonly string[]).includes(text);

const optional = (text: string): Instant | null => (text === '' ? null : parseSaoPaulo(text));

/** Joins a row of the orders file with the tables; takes the order's items and payments out of them. Throws `OlistError`. */
export const joinOrder = (
  row: OlistRow<'olist_orders_dataset'>,
  rowNumber: number,
  tables: OlistTables,
): OlistOrder => {
  const { order_id: orderId, order_status: statusText, customer_id: customerId } = row;
  const items = tables.items.get(orderId) ?? [];
  const payments = tables.payments.get(orderId) ?? [];
  tables.items.delete(orderId);
  tables.payments.delete(orderId);
  return {
    rowNumber,
    orderId,
    status: isStatus(statusText) ? statusText : 'unknown',
    statusText,
    customerId,
    customer: tables.customers.get(customerId) ?? null,
    purchased: parseSaoPaulo(row.order_purchase_timestamp),
    approved: optional(row.order_approved_at),
    handedToCarrier: optional(row.order_delivered_carrier_date),
    delivered: optional(row.order_delivered_customer_date),
    estimated: optional(row.order_estimated_delivery_date),
    items: items.toSorted((a, b) => a.itemId - b.itemId),
    payments: payments.toSorted((a, b) => a.sequential - b.sequential),
    productOf: (productId) => {
      const category = tables.products.get(productId);
      if (category === undefined) return null;
      return { category: category || null, categoryEnglish: tables.translations.get(category) ?? null };
    },
    sellerStateOf: (sellerId) => tables.sellers.get(sellerId) ?? null,
  };
};
