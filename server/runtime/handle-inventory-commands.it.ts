import { createSecretKey, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LineId, OrderId, Sku, WarehouseCode } from '#domain/shared/ids.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import type { CommandRuntime } from './handle-command.ts';
import { handleInventoryCommands } from './handle-inventory-commands.ts';
import { stockOf } from './testing/stock-of.ts';

let store: TestStore;
let [one, another]: CommandRuntime[] = [];
beforeAll(async () => {
  store = await openTestStore();
  one = { store: store.store, commandHmacKey: createSecretKey(Buffer.alloc(32)) };
  another = { store: store.another().store, commandHmacKey: createSecretKey(Buffer.alloc(32)) };
});
afterAll(() => store.close());

const request = (
  command: Parameters<typeof handleInventoryCommands>[1][number]['command'],
  id: string = randomUUID(),
) => ({
  commandId: id,
  actor: { id: 'process:checkout', role: 'system' as const },
  body: null,
  command,
});
const receive = (sku: string, quantity: number) =>
  request({ type: 'ReceiveStock', sku: sku as Sku, warehouse: 'PORTO' as WarehouseCode, quantity });
const reserve = (sku: string, id?: string) =>
  request(
    {
      type: 'ReserveStock',
      sku: sku as Sku,
      orderId: randomUUID() as OrderId,
      lineId: randomUUID() as LineId,
      quantity: 1,
      expiresAt: '2030-01-01T00:00:00.000Z',
    },
    id,
  );
const runtimes = (): [CommandRuntime, CommandRuntime] => {
  if (!one || !another) throw new Error('not open');
  return [one, another];
};
const reserved = (outcomes: Awaited<ReturnType<typeof handleInventoryCommands>>): number =>
  outcomes.filter((outcome) => outcome.status === 'accepted' && outcome.events[0]?.event.type === 'StockReserved')
    .length;

test('what a process remembers of a SKU never counts when another has sold meanwhile', async () => {
  const [first, second] = runtimes();
  await handleInventoryCommands(first, [receive('TURNS', 25)]);
  let sold = 0;
  // Each leaves the other with a state that is out of date.
  for (let turn = 0; turn < 10; turn += 1) {
    const runtime = turn % 2 === 0 ? first : second;
    sold += reserved(
      await handleInventoryCommands(
        runtime,
        Array.from({ length: 5 }, () => reserve('TURNS')),
      ),
    );
  }
  expect(sold).toBe(25);
  expect(await stockOf(store.store, 'TURNS')).toEqual({ onHand: 25, reserved: 25, allocated: 0, available: 0 });
});

test('two processes that sell the same pieces at once sell each of them once', async () => {
  const [first, second] = runtimes();
  await handleInventoryCommands(first, [receive('RUSH', 40)]);
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, nth) =>
      handleInventoryCommands(
        nth % 2 === 0 ? first : second,
        Array.from({ length: 5 }, () => reserve('RUSH')),
      ),
    ),
  );
  expect(reserved(outcomes.flat())).toBe(40);
  expect(await stockOf(store.store, 'RUSH')).toMatchObject({ reserved: 40, available: 0 });
});

test('a batch that holds commands of before and new ones answers the former, and decides the latter', async () => {
  const [first] = runtimes();
  await handleInventoryCommands(first, [receive('MIXED', 3)]);
  const old = reserve('MIXED');
  await handleInventoryCommands(first, [old]);
  expect(
    reserved(await handleInventoryCommands(first, [old, reserve('MIXED'), reserve('MIXED'), reserve('MIXED')])),
  ).toBe(3);
  expect(await stockOf(store.store, 'MIXED')).toMatchObject({ reserved: 3, available: 0 });
});

test('a long stream is folded from its snapshot to the same state; each costs as many events as it has lines', async () => {
  const [first] = runtimes();
  const versions: unknown[] = [];
  await handleInventoryCommands(first, [receive('LONG', 2_000)]);
  for (let batch = 0; batch < 6; batch += 1) {
    await handleInventoryCommands(
      first,
      Array.from({ length: 100 }, () => reserve('LONG')),
    );
    const [snapshot] = await store.client('worker', 1)`
      select version from es.snapshots where stream_id = 'inventory-LONG'`;
    versions.push(snapshot?.version);
  }
  expect(versions).toEqual([101, 201, 201, 401, 401, 401]);
  // A process that has just started remembers nothing.
  const fresh: CommandRuntime = { store: store.another().store, commandHmacKey: createSecretKey(Buffer.alloc(32)) };
  await handleInventoryCommands(fresh, [reserve('LONG')]);
  expect(await stockOf(store.store, 'LONG')).toMatchObject({ reserved: 601, available: 1_399 });
});
