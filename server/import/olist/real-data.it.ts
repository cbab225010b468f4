import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { importOlist } from './import-olist.ts';
import { type OlistFile, olistFiles, readRows } from './read-csv.ts';
import type { ImportReport } from './report.ts';

const source = fileURLToPath(new URL('../../../../shared/data/olist', import.meta.url));
const isPresent = existsSync(join(source, 'olist_orders_dataset.csv.gz'));
if (!isPresent) console.warn(`Olist’s data are absent (${source}): they are not imported in this run.`);

const ordersTaken = 2_000;
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** The first orders with all rows that belong to them, and the other tables whole. */
const writeFirstOrders = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-olist-'));
  const orderIds = new Set<string>();
  const customerIds = new Set<string>();
  for (const file of Object.keys(olistFiles) as OlistFile[]) {
    const columns: readonly string[] = olistFiles[file];
    const lines = [columns.join(',')];
    await readRows(source, file, (row: Readonly<Record<string, string>>, rowNumber) => {
      const { order_id: orderId, customer_id: customerId } = row;
      if (file === 'olist_orders_dataset' && rowNumber > ordersTaken) return;
      if (file === 'olist_orders_dataset' && orderId && customerId) {
        orderIds.add(orderId);
        customerIds.add(customerId);
      }
      if (orderId !== undefined && !orderIds.has(orderId)) return;
      if (customerId !== undefined && !customerIds.has(customerId)) return;
      lines.push(columns.map((column) => quoted(row[column] ?? '')).join(','));
    });
    await writeFile(join(folder, `${file}.csv`), `${lines.join('\n')}\n`);
  }
  return folder;
};

let at: TestStore;
let folder: string;
let report: ImportReport;
beforeAll(async () => {
  if (!isPresent) return;
  at = await openTestStore();
  folder = await writeFirstOrders();
  report = await importOlist({ sql: at.sql, store: at.store, folder });
}, 120_000);
afterAll(async () => {
  if (!isPresent) return;
  await at.close();
  await rm(folder, { recursive: true });
});

test.runIf(isPresent)(`the first ${ordersTaken} real orders arrive whole, to the cent per payment type`, () => {
  expect(report.checks.filter(({ isEqual }) => !isEqual)).toEqual([]);
  expect(report.isComplete).toBe(true);
  expect(report.checks[0]).toEqual({ what: 'Orders', unit: 'count', in: ordersTaken, out: ordersTaken, isEqual: true });
});

test.runIf(isPresent)('real orders are at odds with themselves in the ways that are known', () => {
  const found = report.inconsistencies.filter(({ count }) => count > 0).map(({ kind }) => kind);
  expect(found).toEqual(
    expect.arrayContaining(['several-payments', 'several-sellers', 'order-without-lines', 'shipped-before-approval']),
  );
});
