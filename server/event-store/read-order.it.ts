import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestStore, type TestStore } from './testing/test-store.ts';
import { command, orderConfirmed, orderPlaced, orderStream, unit } from './testing/units.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

const place = async (count: number): Promise<string[]> => {
  const ids = Array.from({ length: count }, () => randomUUID());
  await at.store.append(
    ids.map((orderId) =>
      unit(
        [{ streamId: orderStream(orderId), version: 0 }],
        [
          command([
            orderPlaced(orderId, { subjectId: 'guest-1', name: 'A', email: 'a@example.test', street: 'B' }),
            orderConfirmed(orderId),
          ]),
        ],
      ),
    ),
  );
  return ids;
};

test('many orders come in one round trip, each with its events in store order', async () => {
  const [first = '', second = ''] = await place(2);
  const orders = await at.store.readOrders([second, first, randomUUID()]);
  expect([...orders.keys()].sort()).toEqual([first, second].sort());
  for (const orderId of [first, second])
    expect(orders.get(orderId)?.map(({ event, version }) => [event.type, version])).toEqual([
      ['OrderPlaced', 1],
      ['OrderConfirmed', 2],
    ]);
});
