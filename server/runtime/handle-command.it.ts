import { createSecretKey, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DomainEvent, WaybillEvent } from '#domain/events/registry.ts';
import { streamOf } from '#domain/events/registry.ts';
import { blankAmendment } from '#domain/order/amend.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import { confirmed, readyToPick } from '#domain/waybill/waybill.builders.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { command, unit } from '#server/event-store/testing/units.ts';
import { type CommandRuntime, handleWaybillCommand } from './handle-command.ts';

let opened: TestStore;
beforeAll(async () => {
  opened = await openTestStore();
});
afterAll(() => opened.close());

/** A story of the builders, told again under an order key of its own. */
const retold = (events: readonly WaybillEvent[], orderId: OrderId): WaybillEvent[] =>
  events.map((event) => {
    const fresh = JSON.parse(JSON.stringify(event)) as WaybillEvent;
    return { ...fresh, orderId, ...('paymentId' in fresh ? { paymentId: orderId } : {}) } as WaybillEvent;
  });

const tell = async (events: readonly DomainEvent[]): Promise<void> => {
  const streams = new Set(events.map((event) => streamOf(event).streamId));
  const expected = [...streams].map((streamId) => ({ streamId, version: 'any' as const }));
  await opened.store.append([unit(expected, [command([...events])])]);
};

const cancel = (orderId: OrderId) => ({
  commandId: randomUUID(),
  actor: { id: 'agent-1', role: 'support' as const },
  body: { reason: 'Ordered twice' },
  orderKey: orderId,
  command: { type: 'CancelOrder' as const, orderId, reason: 'Ordered twice', restock: true },
});

/** A runtime whose first read is followed at once by what somebody else does. */
const racedBy = (act: () => Promise<void>): CommandRuntime => {
  let raced = false;
  const readOrder = async (orderKey: string) => {
    const read = await opened.store.readOrder(orderKey);
    if (!raced) {
      raced = true;
      await act();
    }
    return read;
  };
  return { store: { ...opened.store, readOrder }, commandHmacKey: createSecretKey(Buffer.alloc(32)) };
};

test('a cancel that raced the birth of a fulfillment is decided again, and cancels that too', async () => {
  const orderId = randomUUID() as OrderId;
  const before = retold(confirmed, orderId);
  const [born] = retold(readyToPick.slice(confirmed.length), orderId);
  if (born?.type !== 'FulfillmentCreated') throw new Error('The story goes on with a fulfillment');
  await tell(before);
  const outcome = await handleWaybillCommand(
    racedBy(() => tell([{ ...born, fulfillmentId: orderId as never }])),
    cancel(orderId),
  );
  if (outcome.status !== 'accepted') throw new Error(`The cancel was ${outcome.status}`);
  expect(outcome.events.map(({ event }) => event.type)).toEqual(['FulfillmentCanceled', 'OrderCanceled']);
});

test('an append that read an order whole is refused when anything under its key came after', async () => {
  const orderId = randomUUID() as OrderId;
  const before = retold(confirmed, orderId);
  await tell(before);
  const read = await opened.store.readOrder(orderId);
  const readTo = read.at(-1)?.at;
  if (!readTo) throw new Error('The order was told');
  const [born] = retold(readyToPick.slice(confirmed.length), orderId);
  if (born?.type !== 'FulfillmentCreated') throw new Error('The story goes on with a fulfillment');
  await tell([{ ...born, fulfillmentId: orderId as never }]);

  const note: DomainEvent = { type: 'OrderHoldPlaced', orderId, holdId: randomUUID(), reason: 'Address check' };
  const expected = [{ streamId: `order-${orderId}` as const, version: 2 }];
  const stale = { ...unit(expected, [command([note])]), readTo };
  const [whole, streamOnly] = [
    await opened.store.append([{ ...stale, wholeOrder: orderId }]),
    await opened.store.append([stale]),
  ];
  expect(whole).toEqual([{ status: 'conflict', orderKey: orderId }]);
  // Without reading it whole, only the order's own stream counts.
  expect(streamOnly[0]?.status).toBe('appended');
});

test('a command sent twice with another body is refused, and with the same body answered alike', async () => {
  const orderId = randomUUID() as OrderId;
  await tell(retold(confirmed, orderId));
  const runtime: CommandRuntime = { store: opened.store, commandHmacKey: createSecretKey(Buffer.alloc(32)) };
  const sent = cancel(orderId);
  const first = await handleWaybillCommand(runtime, sent);
  const again = await handleWaybillCommand(runtime, sent);
  const other = await handleWaybillCommand(runtime, { ...sent, body: { reason: 'Another' } });
  const stranger = await handleWaybillCommand(runtime, { ...sent, actor: { id: 'agent-2', role: 'support' } });
  expect(again).toEqual(first);
  expect(other).toEqual({ status: 'refused', reason: 'CommandIdReused' });
  expect(stranger).toEqual({ status: 'refused', reason: 'CommandIdReused' });
});

test('what another person did in between is shown as a conflict where the command declares it, and nothing is written', async () => {
  const orderId = randomUUID() as OrderId;
  await tell(retold(confirmed, orderId));
  const runtime: CommandRuntime = { store: opened.store, commandHmacKey: createSecretKey(Buffer.alloc(32)) };
  const seen = await opened.store.readOrder(orderId);
  const decidedOn = Object.fromEntries(seen.map(({ streamId, version }) => [streamId, version]));
  await handleWaybillCommand(runtime, cancel(orderId));
  const late = await handleWaybillCommand(runtime, { ...cancel(orderId), decidedOn });
  if (late.status !== 'conflict') throw new Error(`The second cancel was ${late.status}`);
  expect(late.events.map(({ event }) => event.type)).toEqual(['OrderCanceled']);
  const after = await opened.store.readOrder(orderId);
  expect(after).toHaveLength(seen.length + 1);
});

test('an amendment’s id serves one change of an order: another change under it is refused, the same one answered alike', async () => {
  const orderId = randomUUID() as OrderId;
  const amendmentId = randomUUID();
  await tell(retold(readyToPick, orderId));
  const runtime: CommandRuntime = { store: opened.store, commandHmacKey: createSecretKey(Buffer.alloc(32)) };
  const [placed] = confirmed;
  if (placed?.type !== 'OrderPlaced') throw new Error('The story begins with an order');
  const change = (city: string) => {
    const shipTo = { ...placed.shipTo, city };
    return {
      ...cancel(orderId),
      body: { city },
      command: { type: 'RequestAmendment' as const, orderId, amendmentId, amendment: { ...blankAmendment, shipTo } },
    };
  };
  const sent = change('Delft');
  const first = await handleWaybillCommand(runtime, sent);
  const reason = { code: 'PaymentNotCompleted' as const };
  await tell([{ type: 'AmendmentDeclined', orderId, amendmentId, reason }]);
  expect(first.status).toBe('accepted');
  expect(await handleWaybillCommand(runtime, sent)).toEqual(first);
  expect(await handleWaybillCommand(runtime, change('Gouda'))).toEqual({
    status: 'refused',
    reason: 'CommandIdReused',
  });
});
