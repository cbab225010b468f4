import { appendFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { inspectOrder } from '../inspect-order.ts';
import { type MappedStep, mapOrder } from '../map-order.ts';
import { joinOrder, type OlistOrder } from '../olist-order.ts';
import { type OlistFile, readRows } from '../read-csv.ts';
import { readTables } from '../read-tables.ts';

/** Fifty synthetic orders in Olist's format, between them every inconsistency but orphans. */
export const fixtureFolder = fileURLToPath(new URL('../fixture', import.meta.url));

/** The fixture's nth order's id. */
export const olistId = (nth: number): string => `a${nth.toString(16).padStart(31, '0')}`;

/** A copy of the fixture in a temporary folder; `more` is appended to the files. */
export const copyFixture = async (more: Partial<Record<OlistFile, string>> = {}, gzip = false): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-olist-'));
  await cp(fixtureFolder, folder, { recursive: true });
  for (const [file, text] of Object.entries(more)) await appendFile(join(folder, `${file}.csv`), text);
  if (!gzip) return folder;
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    await writeFile(`${path}.gz`, gzipSync(await readFile(path)));
    await rm(path);
  }
  return folder;
};

export type ReadOrder = { readonly order: OlistOrder; readonly steps: readonly MappedStep[] };

/** Every distinct order of a folder, read, judged and mapped; by Olist's id. */
export const readOrders = async (folder: string): Promise<ReadonlyMap<string, ReadOrder>> => {
  const tables = await readTables(folder);
  const orders = new Map<string, ReadOrder>();
  await readRows(folder, 'olist_orders_dataset', (row, rowNumber) => {
    if (orders.has(row.order_id)) return;
    const order = joinOrder(row, rowNumber, tables);
    orders.set(row.order_id, { order, steps: mapOrder(order, inspectOrder(order)) });
  });
  return orders;
};
