import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import { afterEach, expect, test } from 'vitest';
import { orderPlaced } from '#domain/order/order.builders.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import { type Received, type SmtpFixture, startSmtp } from './adapters/mail/testing/smtp-fixture.ts';
import { openTestStore, type TestStore, testMasterKey } from './event-store/testing/test-store.ts';
import { appendLife, eventually } from './runtime/testing/worker-rig.ts';

const script = fileURLToPath(new URL('./worker.ts', import.meta.url));
const key = () => randomBytes(32).toString('base64');
const workers: ChildProcess[] = [];
let store: TestStore;
let smtp: SmtpFixture;

afterEach(async () => {
  for (const worker of workers.splice(0)) worker.kill('SIGKILL');
  await smtp.close();
  await store.close();
});

const startWorker = (): ChildProcess => {
  const worker = fork(script, {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      LOG_LEVEL: 'fatal',
      // Nobody listens there: webhooks wait.
      PORT: '9',
      PUBLIC_URL: 'https://shop.example',
      // Who comes after a dead one of the same name doesn't wait for its leases.
      WAYBILL_WORKER_ID: 'mail-test',
      SMTP_URL: smtp.url,
      MAIL_FROM: 'Waybill <orders@shop.example>',
      APP_DATABASE_URL: store.database.appUrl,
      WORKER_DATABASE_URL: store.database.workerUrl,
      WAYBILL_MASTER_KEY: testMasterKey.toString('base64'),
      WAYBILL_COMMAND_HMAC_KEY: key(),
      WAYBILL_LINK_KEY: key(),
      BETTER_AUTH_SECRET: key(),
      GATEWAY_WEBHOOK_SECRET: key(),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
  workers.push(worker);
  return worker;
};

const confirmOrder = async (): Promise<OrderId> => {
  const orderId = v7() as OrderId;
  const occurredAt = new Date().toISOString();
  await appendLife(store, [
    { event: orderPlaced({}, { orderId }), occurredAt },
    { event: { type: 'OrderConfirmed', orderId }, occurredAt },
  ]);
  return orderId;
};

const sentOf = async (orderId: OrderId) =>
  (await store.store.readOrder(orderId)).flatMap(({ event }) => (event.type === 'NotificationSent' ? [event] : []));

test('a worker killed between sending and recording sends the same Message-ID again, and records the mail once', async () => {
  store = await openTestStore();
  let first: ChildProcess | undefined;
  const taken: Received[] = [];
  smtp = await startSmtp({
    onMail: async (mail) => {
      taken.push(mail);
      if (taken.length === 1) {
        // The server has it; nobody is left to write that down.
        const gone = new Promise((resolve) => first?.once('exit', resolve));
        first?.kill('SIGKILL');
        await gone;
      }
      return 'taken' as const;
    },
  });
  first = startWorker();
  const orderId = await confirmOrder();
  await eventually(async () => taken.length === 1, 30_000);
  expect(await sentOf(orderId)).toEqual([]);

  startWorker();
  await eventually(async () => (await sentOf(orderId)).length === 1, 30_000);
  const [sent] = await sentOf(orderId);
  const messageId = `<${sent?.notificationId}@shop.example>`;
  expect(taken.map(({ headers }) => headers.get('message-id'))).toEqual([messageId, messageId]);
  // Recorded first, then crossed off.
  const sql = store.client('superuser', 1);
  await eventually(
    async () => (await sql`select effect_id from proc.effects where lane = 'mail'`).length === 0,
    30_000,
  );
}, 90_000);
