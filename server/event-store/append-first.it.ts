import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#db/clients.ts';
import { createAppender } from './append.ts';
import { buildAppendCall } from './append-call.ts';
import { appendFirst, isFirstOfStream } from './append-first.ts';
import { openTestStore, type TestStore } from './testing/test-store.ts';
import { command, newSku, orderConfirmed, orderStream, paymentVoided, receiving, unit } from './testing/units.ts';

let at: TestStore;
let verifiedStart: number;
beforeAll(async () => {
  at = await openTestStore();
  const [row] = await at.sql<{ start: number }[]>`
    select (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint as start`;
  verifiedStart = row?.start ?? 0;
});
afterAll(() => at.close());

const unused = { verifiedStart: () => 0, forget: () => undefined } as never;

const callFor = async (sku: string) => {
  const { prepare } = createAppender({ sql: at.sql, codec: at.codec, identity: unused });
  return buildAppendCall(await prepare([receiving(sku, 0)]));
};

const append = async (sql: Database, start = verifiedStart) => {
  const call = await callFor(newSku());
  expect(isFirstOfStream(call)).toBe(true);
  return appendFirst(sql, call, { verifiedStart: start, wait: true });
};

test('the plain statement of a first event is refused where es.append is, and writes nothing then', async () => {
  const head = await at.store.head();
  const withXid = at.sql.begin(async (tx) => {
    await tx`select pg_current_xact_id()`;
    await append(tx as unknown as Database);
  });
  await expect(withXid).rejects.toMatchObject({ code: 'WB001' });
  const repeatable = at.sql.begin('isolation level repeatable read', (tx) => append(tx as unknown as Database));
  await expect(repeatable).rejects.toMatchObject({ code: 'WB002' });
  await expect(append(at.sql, verifiedStart - 1)).rejects.toMatchObject({ code: 'WB003' });
  expect((await at.store.readAll(head, 10)).events).toEqual([]);
  expect(await append(at.sql)).toMatchObject({ u: [0], b: [0] });
  expect((await at.store.readAll(head, 10)).events).toHaveLength(1);
});

test('a stream that is not there is not begun at the version that somebody has seen of it', async () => {
  const sku = newSku();
  const [outcome] = await at.store.append([receiving(sku, 3)]);
  expect(outcome).toMatchObject({ status: 'conflict', expected: 3, actual: 0 });
  const [anyVersion] = await at.store.append([receiving(sku, 'any')]);
  expect(anyVersion?.status).toBe('appended');
});

test('a first event under a key that was read whole is a conflict where something else has happened there', async () => {
  const orderId = randomUUID();
  const [read] = await at.store.append([
    unit([{ streamId: orderStream(orderId), version: 0 }], [command([orderConfirmed(orderId)])]),
  ]);
  if (read?.status !== 'appended') throw new Error('not appended');
  const [{ token: readTo } = { token: undefined }] = read.commands;
  const [since] = await at.store.append([
    unit([{ streamId: orderStream(orderId), version: 1 }], [command([orderConfirmed(orderId)])]),
  ]);
  expect(since?.status).toBe('appended');
  const paymentId = randomUUID();
  const voided = unit(
    [{ streamId: `payment-${paymentId}`, version: 0 }],
    [command([paymentVoided(orderId, paymentId)])],
    readTo,
  );
  const [outcome] = await at.store.append([{ ...voided, wholeOrder: orderId }]);
  expect(outcome).toEqual({ status: 'conflict', orderKey: orderId });
});
