import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const id = (kind: string, nth: number): string => `${kind}${nth.toString(16).padStart(31, '0')}`;

/** Writes a source of many plain orders, the same for the same number, into a temporary folder. */
export const writeLargeSource = async (orders: number): Promise<string> => {
  const numbers = Array.from({ length: orders }, (_, index) => index + 1);
  const price = (nth: number): string => `${(nth % 90) + 10}.${String(nth % 100).padStart(2, '0')}`;
  const tables = {
    olist_orders_dataset: [
      'order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,order_delivered_customer_date,order_estimated_delivery_date',
      ...numbers.map((nth) => {
        const day = `2018-03-${String((nth % 20) + 1).padStart(2, '0')}`;
        return `${id('a', nth)},${id('d', nth)},delivered,${day} 08:00:00,${day} 09:00:00,${day} 10:00:00,${day} 20:00:00,2018-04-10 00:00:00`;
      }),
    ],
    olist_order_items_dataset: [
      'order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value',
      ...numbers.map((nth) => `${id('a', nth)},1,${id('b', 1)},${id('c', 1)},2018-04-01 00:00:00,${price(nth)},0.00`),
    ],
    olist_order_payments_dataset: [
      'order_id,payment_sequential,payment_type,payment_installments,payment_value',
      ...numbers.map((nth) => `${id('a', nth)},1,credit_card,1,${price(nth)}`),
    ],
    olist_customers_dataset: [
      'customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state',
      ...numbers.map((nth) => `${id('d', nth)},${id('e', nth % 500)},01151,sao paulo,SP`),
    ],
    olist_products_dataset: ['product_id,product_category_name', `${id('b', 1)},beleza_saude`],
    olist_sellers_dataset: ['seller_id,seller_state', `${id('c', 1)},SP`],
    product_category_name_translation: [
      'product_category_name,product_category_name_english',
      'beleza_saude,health_beauty',
    ],
  };
  const folder = await mkdtemp(join(tmpdir(), 'waybill-olist-'));
  for (const [name, lines] of Object.entries(tables))
    await writeFile(join(folder, `${name}.csv.gz`), gzipSync(`${lines.join('\n')}\n`));
  return folder;
};
