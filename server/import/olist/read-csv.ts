import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { OlistError } from './olist-error.ts';

/** The seven files, and the columns that are read of each. */
export const olistFiles = {
  olist_orders_dataset: [
    'order_id',
    'customer_id',
    'order_status',
    'order_purchase_timestamp',
    'order_approved_at',
    'order_delivered_carrier_date',
    'order_delivered_customer_date',
    'order_estimated_delivery_date',
  ],
  olist_order_items_dataset: [
    'order_id',
    'order_item_id',
    'product_id',
    'seller_id',
    'shipping_limit_date',
    'price',
    'freight_value',
  ],
  olist_order_payments_dataset: [
    'order_id',
    'payment_sequential',
    'payment_type',
    'payment_installments',
    'payment_value',
  ],
  olist_customers_dataset: [
    'customer_id',
    'customer_unique_id',
    'customer_zip_code_prefix',
    'customer_city',
    'customer_state',
  ],
  olist_products_dataset: ['product_id', 'product_category_name'],
  olist_sellers_dataset: ['seller_id', 'seller_state'],
  product_category_name_translation: ['product_category_name', 'product_category_name_english'],
} as const;

export type OlistFile = keyof typeof olistFiles;
export type OlistRow<File extends OlistFile> = Readonly<Record<(typeof olistFiles)[File][number], string>>;

/** The file in the folder: gzipped, or plain. Throws `OlistError` where there is neither. */
const pathOf = (folder: string, file: OlistFile): string => {
  const path = [`${file}.csv.gz`, `${file}.csv`].map((name) => join(folder, name)).find(existsSync);
  if (!path) throw new OlistError(`${folder} has no ${file}.csv.gz`);
  return path;
};

const bytesOf = (path: string): Readable => {
  const file = createReadStream(path);
  if (!path.endsWith('.gz')) return file;
  const plain = createGunzip();
  file.once('error', (error) => plain.destroy(error));
  return file.pipe(plain);
};

/**
 * Streams a file's rows, as texts by column. Throws `OlistError` on a missing file or column, and on a row that is
 * not CSV; whatever `use` throws as such gets the file and the row's number.
 */
export const readRows = async <File extends OlistFile>(
  folder: string,
  file: File,
  use: (row: OlistRow<File>, rowNumber: number) => void | Promise<void>,
): Promise<number> => {
  const parser = bytesOf(pathOf(folder, file)).pipe(parse({ bom: true, columns: true, skip_empty_lines: true }));
  let rowNumber = 0;
  try {
    for await (const row of parser as AsyncIterable<OlistRow<File>>) {
      rowNumber += 1;
      if (rowNumber === 1) {
        const missing = olistFiles[file].filter((column) => !(column in row));
        if (missing.length > 0) throw new OlistError(`the columns ${missing.join(', ')} are missing`);
      }
      // Awaiting nothing would still cost a turn of the event loop for each of half a million rows.
      const waiting = use(row, rowNumber);
      if (waiting) await waiting;
    }
  } catch (error) {
    const isTheirs = error instanceof OlistError || (error instanceof Error && 'code' in error && isFormat(error.code));
    if (isTheirs) throw new OlistError(`${file}, row ${rowNumber}: ${error.message}`, { cause: error });
    throw error;
  }
  return rowNumber;
};

const isFormat = (code: unknown): boolean => typeof code === 'string' && /^(CSV_|Z_)/.test(code);

const lineFeed = 10;

/**
 * Goes once over all files: `fingerprint`, SHA-256 in hex, tells one set of files from another; `orders` is about how
 * many orders there are, for showing progress (lines of the file, less its head). Throws where a file is missing.
 */
export const scanFiles = async (folder: string): Promise<{ readonly fingerprint: string; readonly orders: number }> => {
  const hash = createHash('sha256');
  let orders = -1;
  for (const file of Object.keys(olistFiles) as OlistFile[]) {
    hash.update(`${file}\n`);
    await pipeline(bytesOf(pathOf(folder, file)), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        hash.update(chunk);
        if (file !== 'olist_orders_dataset') continue;
        for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, at + 1)) orders += 1;
      }
    });
  }
  return { fingerprint: hash.digest('hex'), orders: Math.max(0, orders) };
};
