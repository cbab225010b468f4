import { createSecretKey } from 'node:crypto';
import { v7 } from 'uuid';
import { expect, test } from 'vitest';
import type { OrderId, PaymentId, Sku } from '#domain/shared/ids.ts';
import { completeForWaybill } from '#server/processes/complete-intents.ts';
import type { WaybillIntent } from '#server/processes/intents.ts';
import { seeded } from '#server/projections/testing/histories.ts';
import { foldWaybill } from '#server/runtime/handle-command.ts';
import { handleWaybillCommands, type SystemRequest } from '#server/runtime/handle-waybill-commands.ts';
import { createMemoryStore } from './memory-store.ts';
import { placing } from './placing.ts';

// Found by seed 5069 of the simulation: the money stayed held.
test('a command that seemed moot beside a redelivered one is decided again on what that one really led to', async () => {
  const now = new Date('2026-03-01T10:00:00.000Z');
  const store = createMemoryStore({
    random: seeded(1),
    now: () => now,
    faults: () => ({ beforeAppend: 0, afterAppend: 0 }),
    onEvent: () => undefined,
  });
  const runtime = { store, commandHmacKey: createSecretKey(Buffer.alloc(32, 3)) };
  const orderId = v7() as OrderId;
  const paymentId = v7() as PaymentId;
  const request = (commandId: string, command: SystemRequest['command']): SystemRequest => ({
    commandId,
    actor: { id: 'process:test', role: 'system' },
    orderKey: orderId,
    command,
    correlationId: 'c',
    causationId: null,
  });
  const told = (command: ReturnType<SystemRequest['command']>) =>
    handleWaybillCommands(runtime, [request(v7(), () => command)]);
  const wanted = placing(seeded(2), { orderId, skus: ['SKU-1' as Sku], card: 'approve', now, nth: 1 });
  const { currency, paymentMethod: method } = wanted;
  await told(wanted);
  await told({ type: 'RequestAuthorization', orderId, paymentId, currency, amountMinor: 100, method });
  await told({ type: 'CancelOrder', orderId, reason: 'x', restock: true });
  const release: WaybillIntent = { type: 'ReleasePayment', orderId, paymentId, refundId: v7(), reason: 'x' };
  const first = request(v7(), (waybill) => completeForWaybill(release, waybill));
  const second = request(v7(), (waybill) => completeForWaybill(release, waybill));
  // The cancel lets the unanswered question expire; the worker dies; the bank then says yes.
  await handleWaybillCommands(runtime, [first]);
  const authorization = { amountMinor: 100, gatewayReference: 'pi_1', expiresAt: now.toISOString() };
  await told({ type: 'RecordAuthorization', orderId, paymentId, ...authorization });
  await handleWaybillCommands(runtime, [first, second]);
  expect(foldWaybill(await store.readOrder(orderId)).payments[paymentId]).toMatchObject({ voidRequested: true });
});
