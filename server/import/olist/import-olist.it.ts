import { readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { importOlist } from './import-olist.ts';
import type { InconsistencyKind } from './inconsistencies.ts';
import type { ImportReport } from './report.ts';
import { copyFixture, fixtureFolder, olistId } from './testing/fixture.ts';
import { readAllEvents } from './testing/read-all-events.ts';

let at: TestStore;
let first: ImportReport;
beforeAll(async () => {
  at = await openTestStore();
  first = await importOlist({ sql: at.sql, store: at.store, folder: fixtureFolder, batchOrdersMax: 7 });
});
afterAll(() => at.close());

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});
const fixtureWith = async (...args: Parameters<typeof copyFixture>): Promise<string> => {
  const folder = await copyFixture(...args);
  folders.push(folder);
  return folder;
};

const countOf = (report: ImportReport, kind: InconsistencyKind): number | undefined =>
  report.inconsistencies.find((one) => one.kind === kind)?.count;

test('orders, items and money that go in are in the database, to the cent and per payment type', () => {
  expect(first.isComplete).toBe(true);
  const sums = first.checks.filter(({ what }) => !what.startsWith('Event'));
  expect(sums.map(({ what, in: input, out }) => [what, input, out])).toEqual([
    ['Orders', 50, 50],
    ['Items', 48, 48],
    ['Items', 265159, 265159],
    ['Freight', 59931, 59931],
    ['Payments, boleto', 1, 1],
    ['Payments, boleto', 7219, 7219],
    ['Payments, credit_card', 45, 45],
    ['Payments, credit_card', 325418, 325418],
    ['Payments, debit_card', 1, 1],
    ['Payments, debit_card', 5000, 5000],
    ['Payments, not_defined', 1, 1],
    ['Payments, not_defined', 0, 0],
    ['Payments, voucher', 4, 4],
    ['Payments, voucher', 8673, 8673],
  ]);
});

test('each event is of origin import, and its business time is the source’s', async () => {
  const events = await readAllEvents(at.store);
  expect(events).toHaveLength(first.run.eventsAppended);
  expect(new Set(events.map(({ origin }) => origin))).toEqual(new Set(['import']));
  const placed = events.find(({ event }) => event.type === 'OrderPlaced' && event.externalReference === olistId(2));
  expect(placed?.occurredAt).toBe('2017-12-01T12:00:00.000Z');
  expect(placed?.metadata.actor).toEqual({ id: 'import:olist', role: 'system' });
});

test('names and addresses lie encrypted in the table', async () => {
  const [row] = await at.sql<{ plain: number }[]>`
    select count(*) as plain from es.events where data::text like '%olist.invalid%' or data::text like '%Customer e%'`;
  expect(row?.plain).toBe(0);
});

test('a row that comes twice is reported and imported once', () => {
  expect(countOf(first, 'order-repeated')).toBe(1);
  expect(first.inconsistencies.find(({ kind }) => kind === 'order-repeated')?.examples).toEqual([
    { olistOrderId: olistId(1), orderNumber: null, detail: 'Row 51' },
  ]);
});

test('the report has at most five examples of a kind, and names those that were not found too', () => {
  expect(first.inconsistencies.every(({ examples, count }) => examples.length === Math.min(5, count))).toBe(true);
  expect(countOf(first, 'payment-of-no-order')).toBe(0);
});

test('the same files again append nothing and validate again', async () => {
  const before = await readAllEvents(at.store);
  const again = await importOlist({ sql: at.sql, store: at.store, folder: fixtureFolder });
  expect(again).toMatchObject({ isComplete: true, run: { eventsAppended: 0, ordersSkipped: 50 } });
  expect(again.inconsistencies).toEqual(first.inconsistencies);
  expect(await readAllEvents(at.store)).toEqual(before);
});

test('without its progress every order is recognized by its command ids, gzipped or not', async () => {
  await at.client('owner')`delete from import.progress`;
  const before = await readAllEvents(at.store);
  const again = await importOlist({ sql: at.sql, store: at.store, folder: await fixtureWith({}, true) });
  expect(again).toMatchObject({ isComplete: true, run: { eventsAppended: 0, ordersSkipped: 0 } });
  expect(await readAllEvents(at.store)).toEqual(before);
});

test('a payment of no order makes the money differ, and the import says so', async () => {
  const folder = await fixtureWith({
    olist_order_payments_dataset: `${olistId(999)},1,voucher,1,5.00\n`,
    olist_order_items_dataset: `${olistId(999)},1,${olistId(1)},${olistId(1)},2017-07-07 10:00:00,1.00,0.50\n`,
  });
  const report = await importOlist({ sql: at.sql, store: at.store, folder });
  expect(report.isComplete).toBe(false);
  expect([countOf(report, 'payment-of-no-order'), countOf(report, 'item-of-no-order')]).toEqual([1, 1]);
  expect(report.checks.filter(({ isEqual }) => !isEqual).map(({ what, in: i, out }) => [what, i - out])).toEqual([
    ['Items', 1],
    ['Items', 100],
    ['Freight', 50],
    ['Payments, voucher', 1],
    ['Payments, voucher', 500],
  ]);
});

test('an amount that is none stops the import before anything is written, and names file and row', async () => {
  const rows = await readAllEvents(at.store);
  const folder = await fixtureWith({ olist_order_payments_dataset: `${olistId(1)},9,voucher,1,5.001\n` });
  await expect(importOlist({ sql: at.sql, store: at.store, folder })).rejects.toThrow(
    'olist_order_payments_dataset, row 53: “5.001” is not an amount',
  );
  expect(await readAllEvents(at.store)).toHaveLength(rows.length);
});

test('a missing file is named', async () => {
  const folder = await fixtureWith();
  await rm(`${folder}/olist_sellers_dataset.csv`);
  await expect(importOlist({ sql: at.sql, store: at.store, folder })).rejects.toThrow(
    'no olist_sellers_dataset.csv.gz',
  );
});

test('an order that was imported with another history stops the import, and nothing of it is written', async () => {
  const before = await readAllEvents(at.store);
  // The same order, now with an approval: a step that its stored history doesn't have.
  const folder = await fixtureWith();
  const path = `${folder}/olist_orders_dataset.csv`;
  const text = await readFile(path, 'utf8');
  await writeFile(
    path,
    text.replace('created,2017-07-03 10:00:00,,,,', 'created,2017-07-03 10:00:00,2017-07-03 11:00:00,,,'),
  );
  await expect(importOlist({ sql: at.sql, store: at.store, folder })).rejects.toThrow('with another history');
  expect(await readAllEvents(at.store)).toHaveLength(before.length);
});
