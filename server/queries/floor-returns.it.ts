import { afterAll, beforeAll, expect, test } from 'vitest';
import type { WaybillEvent } from '#domain/events/registry.ts';
import { candles } from '#domain/fulfillment/fulfillment.builders.ts';
import { fulfillmentId, orderId } from '#domain/shared/ids.builders.ts';
import {
  approveReturn,
  followedBy,
  inspectReturn,
  receiveReturn,
  returnAsked,
} from '#domain/waybill/amendment.builders.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { fulfillmentQueue } from '#server/projections/fulfillment-queue.ts';
import { appendLife, caughtUp, type ReadSide, startReadSide } from '#server/runtime/testing/worker-rig.ts';
import { countFloorReturns, type ReturnView, readFloorReturns } from './floor-returns.ts';

let store: TestStore;
let side: ReadSide;
beforeAll(async () => {
  store = await openTestStore();
  side = await startReadSide(store, { projections: [fulfillmentQueue] });
});
afterAll(async () => {
  await side.stop();
  await store.close();
});

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 14, 9, minute)).toISOString();
const add = async (events: readonly WaybillEvent[], from: number): Promise<void> => {
  await appendLife(
    store,
    events.map((event, nth) => ({ event, occurredAt: at(from + nth) })),
  );
  await caughtUp(store.sql, [fulfillmentQueue]);
};
const read = (view: ReturnView, warehouse: string) =>
  readFloorReturns(store, { warehouse, view, after: null, limit: 50 });

test('a return is in the list of its own warehouse from its approval to its inspection', async () => {
  await add(returnAsked, 0);
  const warehouse =
    returnAsked.flatMap((event) => (event.type === 'FulfillmentCreated' ? [event.warehouse] : []))[0] ?? '';
  expect(await read('expected', warehouse)).toEqual([]);

  const approved = followedBy(returnAsked, approveReturn);
  await add(approved.slice(returnAsked.length), 30);
  const [expected] = await read('expected', warehouse);
  expect(expected).toMatchObject({
    returnId: approveReturn.returnId,
    orderId,
    fulfillmentId,
    resolution: 'refund',
    lines: [{ lineId: candles.lineId, sku: candles.sku, quantity: 2 }],
    units: 2,
    since: at(30),
  });
  expect(expected?.products.map(({ name }) => name)).toContain(candles.name);
  expect(await read('expected', 'ELSEWHERE')).toEqual([]);
  expect(await countFloorReturns(store, warehouse)).toEqual({ received: 0, expected: 1 });

  const less = { ...receiveReturn, lines: [{ lineId: candles.lineId, quantity: 1 }] };
  const received = followedBy(approved, less);
  await add(received.slice(approved.length), 40);
  expect(await read('expected', warehouse)).toEqual([]);
  expect(await read('received', warehouse)).toMatchObject([{ units: 1, since: at(40) }]);

  const lines = [{ lineId: candles.lineId, quantity: 1, disposition: 'restock' as const }];
  const inspected = followedBy(received, { ...inspectReturn, lines });
  await add(inspected.slice(received.length), 50);
  expect(await countFloorReturns(store, warehouse)).toEqual({ received: 0, expected: 0 });
  // Its row goes with it: the table is no longer than the work.
  expect(await store.sql`select 1 from read.fulfillment_returns_v1`).toHaveLength(0);
});
