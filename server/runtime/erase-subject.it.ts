import { afterAll, beforeAll, expect, test } from 'vitest';
import { isErased } from '#domain/shared/personal.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { columnName, tableName } from '#server/projections/define-projection.ts';
import type { OrderStatusRow } from '#server/projections/order-status.ts';
import { projections } from '#server/projections/registry.ts';
import { idOf, interleaved, openingStock, orderLife } from '#server/projections/testing/histories.ts';
import { eraseSubject } from './erase-subject.ts';
import { appendLife, caughtUp, contents, type ReadSide, startReadSide } from './testing/worker-rig.ts';

let store: TestStore;
let side: ReadSide;
beforeAll(async () => {
  store = await openTestStore();
  side = await startReadSide(store);
});
afterAll(async () => {
  await side.stop();
  await store.close();
});

test('once a key is destroyed, no read table shows the person, and everybody else stays', async () => {
  // Seeds 97 apart share a customer.
  await appendLife(store, [...openingStock(), ...interleaved([5, 102, 6].map((seed) => orderLife({ seed })))]);
  await caughtUp(store.sql);
  const before = JSON.stringify(await Promise.all(projections.map((projection) => contents(side.sql, projection))));
  expect(before).toContain('person5@example.com');
  expect(before).toContain('person102@example.com');

  const erasure = await eraseSubject('subject-order-5', { sql: store.sql, keys: store.keys, keyCacheMs: 60 });
  expect(erasure).toMatchObject({ keysDestroyed: 1, isComplete: true });
  expect(erasure.orderKeys.toSorted()).toEqual([idOf('order 5'), idOf('order 102')].toSorted());

  // Every column that is declared personal, in every table that has one, and nothing else either.
  for (const projection of projections) {
    for (const { table } of projection.folds) {
      const rows = await side.sql.unsafe<{ row: string; order_key: string }[]>(
        `select to_jsonb(t)::text as row, to_jsonb(t) ->> 'order_key' as order_key from ${tableName(projection, table)} as t`,
      );
      const own = rows.filter(({ order_key }) => erasure.orderKeys.includes(order_key));
      for (const { row } of own) {
        expect(row).not.toMatch(/person5@|person102@|Rua das Flores|91100/);
        expect(row).not.toMatch(/Marta|Jonas|Ayumi|Zoë|zoe|Łukasz|lukasz|marta|jonas|ayumi/);
      }
      for (const column of table.personal)
        expect(Object.keys(table.columns).map(columnName)).toContain(columnName(column));
    }
  }
  const after = JSON.stringify(await Promise.all(projections.map((projection) => contents(side.sql, projection))));
  expect(after).toContain('person6@example.com');
  const [row] = await side.sql<{ waybill: OrderStatusRow['waybill']; customer_name: string | null }[]>`
    select waybill, customer_name from read.order_status_v2 join read.order_search_v2 using (order_key)
    where order_key = ${idOf('order 5')}`;
  expect(row?.waybill.order.status !== 'absent' && isErased(row?.waybill.order.contact)).toBe(true);
  expect(row?.customer_name).toBeNull();
});

test('what is folded after an erasure changes nothing but the person: sums and statuses stand', async () => {
  await appendLife(store, orderLife({ seed: 7 }));
  await caughtUp(store.sql);
  const strip = async () =>
    side.sql`
      select order_status, payment_status, grand_total_minor, paid_minor, position from read.order_status_v2
      where order_key = ${idOf('order 7')}`;
  const sums = () => side.sql`select * from read.analytics_daily_v1 order by day, channel, country`;
  const [statusBefore, sumsBefore] = [await strip(), await sums()];
  await eraseSubject('subject-order-7', { sql: store.sql, keys: store.keys, keyCacheMs: 60 });
  expect([...(await strip())]).toEqual([...statusBefore]);
  expect([...(await sums())]).toEqual([...sumsBefore]);
});
