import { v7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { WaybillEvent } from '#domain/events/registry.ts';
import { candles, lamps } from '#domain/fulfillment/fulfillment.builders.ts';
import { orderPlaced } from '#domain/order/order.builders.ts';
import { fulfillmentId, marta, orderId, paymentId, uuid } from '#domain/shared/ids.builders.ts';
import type { FulfillmentId, OrderId, SubjectId } from '#domain/shared/ids.ts';
import { returnAsked } from '#domain/waybill/amendment.builders.ts';
import { readyToPick } from '#domain/waybill/waybill.builders.ts';
import { createKeptMails, readKeptMails } from '#server/adapters/mail/kept-mails.ts';
import { createSmtpMailer, smtpConnections } from '#server/adapters/mail/smtp-mailer.ts';
import { smtpSettingsOf } from '#server/adapters/mail/smtp-settings.ts';
import { type SmtpFixture, type SmtpFixtureOptions, startSmtp } from '#server/adapters/mail/testing/smtp-fixture.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { readProcessWork } from '#server/queries/admin-process-work.ts';
import { retryEffect } from '#server/queries/admin-retry-work.ts';
import { readUnsentMails } from '#server/queries/desk/unsent-mails.ts';
import { buildHouse, type House } from './testing/house.ts';
import { appendLife } from './testing/worker-rig.ts';

let store: TestStore;
let smtp: SmtpFixture;
let house: House;
let mailer: ReturnType<typeof createSmtpMailer>;

const friendly: Required<SmtpFixtureOptions> = { onRecipient: () => 'taken', onMail: () => 'taken' };
let server = friendly;

beforeAll(async () => {
  store = await openTestStore();
  smtp = await startSmtp({
    onRecipient: (address) => server.onRecipient(address),
    onMail: (mail) => server.onMail(mail),
  });
  const settings = smtpSettingsOf(smtp.url, 'Waybill <orders@shop.example>');
  if (!settings) throw new Error('No settings');
  mailer = createSmtpMailer(settings);
  house = buildHouse(store.another({}, 'worker'), { mailer });
});
beforeEach(() => {
  server = friendly;
});
afterAll(async () => {
  mailer.close();
  await smtp.close();
  await store.close();
});

const confirmOrder = async (email = 'marta@example.com', name = 'Marta Oliveira'): Promise<OrderId> => {
  const orderId = v7() as OrderId;
  const occurredAt = new Date().toISOString();
  const subjectId = `guest-${orderId}` as SubjectId;
  const contact = { name, email, phone: null };
  await appendLife(store, [
    { event: orderPlaced({}, { orderId, subjectId, customerId: null, contact }), occurredAt },
    { event: { type: 'OrderConfirmed', orderId }, occurredAt },
  ]);
  return orderId;
};

const sentOf = async (orderId: OrderId) =>
  (await store.store.readOrder(orderId)).flatMap(({ event }) => (event.type === 'NotificationSent' ? [event] : []));
const mailsTo = (email: string) => smtp.received.filter(({ to }) => to.includes(email));
const workOf = async (orderId: OrderId) => {
  const { givenUp } = await readProcessWork({ sql: store.client('superuser', 1) });
  return givenUp.filter(({ orderKey }) => orderKey === orderId);
};

/** As after a crash that lost the checkpoint: every event reaches the processes once more. */
const hearAllAgain = async (): Promise<void> => {
  await store.client('superuser', 1)`
    update read.checkpoints set transaction_id = 0, position = 0, incarnation = 0 where consumer = 'processes'`;
  house = buildHouse(store.another({}, 'worker'), { mailer });
  await house.settle();
};

describe('a mail by SMTP', () => {
  test('goes out as HTML and as plain text, under the notification’s id, and a copy is kept', async () => {
    const orderId = await confirmOrder('ayumi@example.com', 'Ayumi Tanaka 田中');
    await house.settle();
    const [sent] = await sentOf(orderId);
    const [mail, ...others] = mailsTo('ayumi@example.com');
    expect(others).toEqual([]);
    expect(mail?.headers.get('message-id')).toBe(`<${sent?.notificationId}@shop.example>`);
    expect(mail?.headers.get('from')).toBe('Waybill <orders@shop.example>');
    expect(mail?.headers.get('subject')).toBe('Order WB-48213 is confirmed');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.headers.get('content-type')).toMatch(/^multipart\/alternative/);
    expect(mail?.raw.match(/^Content-Type: text\/(plain|html)/gm)).toEqual([
      'Content-Type: text/plain',
      'Content-Type: text/html',
    ]);
    const [kept] = await readKeptMails(store.sql, store.keys, orderId);
    expect(kept).toMatchObject({ via: 'smtp', content: { to: 'ayumi@example.com', name: 'Ayumi Tanaka 田中' } });
  });

  test('asked for again goes out again, under a new id', async () => {
    const orderId = await confirmOrder('again@example.com');
    await house.settle();
    const notificationId = v7();
    await house.command(orderId, { type: 'ResendConfirmation', orderId, notificationId });
    await house.settle();
    expect((await sentOf(orderId)).map((event) => event.notificationId)).toEqual([expect.anything(), notificationId]);
    const ids = mailsTo('again@example.com').map(({ headers }) => headers.get('message-id'));
    expect(ids).toHaveLength(2);
    expect(ids[1]).toBe(`<${notificationId}@shop.example>`);
    expect(ids[0]).not.toBe(ids[1]);
  });

  test('that was sent and kept, but not recorded, is recorded without being sent again', async () => {
    const orderId = await confirmOrder('kept@example.com');
    // As a worker that dies right after keeping it.
    const { sql, keys } = store.another({}, 'worker');
    await house.feedOnce();
    const [effect] = await store.client('superuser', 1)<{ id: string }[]>`
      select effect_id as id from proc.effects where order_key = ${orderId}`;
    const letter = { subject: 'Kept' } as Parameters<ReturnType<typeof createKeptMails>['keep']>[0][0]['letter'];
    const mail = { subjectId: `guest-${orderId}`, orderKey: orderId, template: 'order-confirmed' as const };
    await createKeptMails(sql, keys).keep(
      [{ ...mail, notificationId: effect?.id ?? '', to: 'kept@example.com', name: 'Kept', letter }],
      'smtp',
    );
    await house.settle();
    expect(await sentOf(orderId)).toMatchObject([{ notificationId: effect?.id }]);
    expect(mailsTo('kept@example.com')).toEqual([]);
  });

  test('to somebody who was erased meanwhile is not sent, and nothing is left to do', async () => {
    const orderId = await confirmOrder('erased@example.com');
    await store.another({}, 'worker').keys.destroy(`guest-${orderId}` as SubjectId);
    house.runtime.waybills?.forget(orderId);
    await new Promise((resolve) => setTimeout(resolve, 80));
    await house.settle();
    expect(mailsTo('erased@example.com')).toEqual([]);
    expect(await sentOf(orderId)).toEqual([]);
    expect(await workOf(orderId)).toEqual([]);
  });
});

/** A history under ids of its own, appended as it is; its customer is `email`. */
const tellLife = async (history: readonly WaybillEvent[], email: string) => {
  const ids = { orderId: v7() as OrderId, fulfillmentId: v7() as FulfillmentId, returnId: uuid(901) };
  const contact = { name: 'Marta Oliveira', email, phone: null };
  const own = JSON.parse(
    JSON.stringify(history)
      .replaceAll(orderId, ids.orderId)
      .replaceAll(fulfillmentId, ids.fulfillmentId)
      .replaceAll(paymentId, v7())
      .replaceAll(marta, `guest-${ids.orderId}`),
  ) as readonly WaybillEvent[];
  const occurredAt = new Date().toISOString();
  const events = own.map((event) => (event.type === 'OrderPlaced' ? { ...event, customerId: null, contact } : event));
  await appendLife(
    store,
    events.map((event) => ({ event, occurredAt })),
  );
  return ids;
};
const subjectsTo = (email: string, ...subjects: readonly RegExp[]) =>
  mailsTo(email)
    .map(({ headers }) => headers.get('subject') ?? '')
    .filter((subject) => subjects.some((each) => each.test(subject)));

describe('the mails that a customer is promised', () => {
  test('tell what became of a return, each step once, though the processes hear all of it again', async () => {
    await store.client('superuser', 1)`
      insert into shop.warehouses (code, city, country, time_zone, cutoff, serves)
      values ('PORTO', 'Porto', 'PT', 'Europe/Lisbon', '15:30', '[]')`;
    const email = 'return@example.com';
    const { returnId, ...ids } = await tellLife(returnAsked, email);
    const forReturn = { orderId: ids.orderId, returnId };
    await house.command(ids.orderId, { type: 'ApproveReturn', ...forReturn });
    await house.settle();
    const lines = [{ lineId: candles.lineId, quantity: 2 }];
    await house.command(ids.orderId, { type: 'ReceiveReturn', ...forReturn, lines });
    await house.settle();
    await hearAllAgain();
    expect(subjectsTo(email, /return/)).toEqual([
      'Your return of order WB-48213 is approved',
      'Your return of order WB-48213 has arrived',
    ]);
    const templates = (await sentOf(ids.orderId)).map(({ template }) => template);
    expect(templates.filter((template) => template.startsWith('return'))).toEqual([
      'return-approved',
      'return-received',
    ]);
    const kept = await readKeptMails(store.sql, store.keys, ids.orderId);
    const approval = kept.find(({ template }) => template === 'return-approved');
    expect(approval?.content?.text).toContain('Send the items below back to our warehouse in Porto.');
  });

  test('say why a return is declined, which no row but the encrypted one holds', async () => {
    const email = 'declined@example.com';
    const { orderId: own, returnId } = await tellLife(returnAsked, email);
    const reason = 'They were burnt down';
    await house.command(own, { type: 'DeclineReturn', orderId: own, returnId, reason });
    await house.feedOnce();
    const [row] = await store.client('superuser', 1)<{ text: string }[]>`
      select effect::text as text from proc.effects where order_key = ${own} and effect ->> 'template' = 'return-declined'`;
    expect(row?.text).toContain(returnId);
    expect(row?.text).not.toContain(reason);
    await house.settle();
    const kept = await readKeptMails(store.sql, store.keys, own);
    const declined = kept.find(({ template }) => template === 'return-declined');
    expect(declined?.content?.letter).toMatchObject({ facts: [{ caption: 'Reason', value: reason }] });
    expect(mailsTo(email).filter(({ raw }) => raw.includes(reason))).toHaveLength(1);
  });

  test('tell of a part that is called off, while nothing was captured and so nothing is refunded', async () => {
    const email = 'part@example.com';
    const { orderId: own } = await tellLife(readyToPick, email);
    const part = { cancellationId: v7(), lines: [{ lineId: lamps.lineId, quantity: 1 }], restock: true };
    const answer = await house.command(own, { type: 'CancelLines', orderId: own, ...part, reason: 'Sold by mistake' });
    expect(answer.status).toBe('accepted');
    await house.settle();
    await hearAllAgain();
    expect(subjectsTo(email, /Part of/, /refund/)).toEqual(['Part of order WB-48213 was canceled']);
    const kept = await readKeptMails(store.sql, store.keys, own);
    const notice = kept.find(({ template }) => template === 'order-lines-canceled');
    expect(notice?.content?.letter).toMatchObject({
      items: [{ quantity: 1, name: 'Desk lamp' }],
      facts: [{ caption: 'Reason', value: 'Sold by mistake' }],
    });
  });
});

describe('a mail server', () => {
  test('that can’t just now is asked again, and the mails of others go meanwhile', async () => {
    const busy = { code: 451, words: 'Try again later' } as const;
    server = { ...friendly, onRecipient: (address) => (address === 'later@example.com' ? busy : 'taken') };
    const [later, now] = [await confirmOrder('later@example.com'), await confirmOrder('now@example.com')];
    await house.settle();
    expect([(await sentOf(later)).length, (await sentOf(now)).length]).toEqual([0, 1]);
    expect(await workOf(later)).toEqual([]);
    server = friendly;
    house.advance(60_000);
    await house.settle();
    expect((await sentOf(later)).length).toBe(1);
    expect(mailsTo('later@example.com')).toHaveLength(1);
  });

  test('that is asked again is not given the address of somebody who was erased meanwhile', async () => {
    const busy = { code: 451, words: 'Try again later' } as const;
    server = { ...friendly, onRecipient: (address) => (address === 'forgotten@example.com' ? busy : 'taken') };
    const orderId = await confirmOrder('forgotten@example.com');
    await house.settle();
    // The worker still remembers the order as it was.
    expect(house.runtime.waybills?.get(orderId)?.waybill.order.status).toBe('confirmed');
    await store.another({}, 'worker').keys.destroy(`guest-${orderId}` as SubjectId);
    await new Promise((resolve) => setTimeout(resolve, 80));
    server = friendly;
    house.advance(60_000);
    await house.settle();
    expect(mailsTo('forgotten@example.com')).toEqual([]);
    expect(await sentOf(orderId)).toEqual([]);
  });

  test('that refuses for good is not asked again: the work list has its answer, without the address, and Retry', async () => {
    const unknown = { code: 550, words: '5.1.1 <gone@example.com>: no such user here' };
    server = { ...friendly, onRecipient: (address) => (address === 'gone@example.com' ? unknown : 'taken') };
    const orderId = await confirmOrder('gone@example.com');
    await house.settle();
    house.advance(3_600_000);
    await house.settle();
    const [work] = await workOf(orderId);
    expect(work).toMatchObject({
      kind: 'mail',
      attempts: 1,
      error: 'The mail server refused it: 550 5.1.1 <(address)>: no such user here',
    });
    expect(await sentOf(orderId)).toEqual([]);
    const desk = { sql: store.client('app', 1) };
    const [unsent] = await readUnsentMails(desk, orderId);
    expect(unsent).toMatchObject({ template: 'order-confirmed', effectId: work?.effectId, error: work?.error });
    server = friendly;
    await retryEffect({ sql: store.client('worker', 1) }, work?.effectId ?? '');
    await house.settle();
    expect((await sentOf(orderId)).length).toBe(1);
    expect(await readUnsentMails(desk, orderId)).toEqual([]);
  });

  test('that refuses a mail for what it says is not asked again either', async () => {
    server = { ...friendly, onMail: () => ({ code: 554, words: 'Looks like spam' }) };
    const orderId = await confirmOrder('spam@example.com');
    await house.settle();
    expect(await workOf(orderId)).toMatchObject([{ error: 'The mail server refused it: 554 Looks like spam' }]);
  });

  test('that is away is told from one that refuses, in words that name nobody', async () => {
    const away = smtpSettingsOf('smtp://127.0.0.1:9', 'orders@shop.example');
    if (!away) throw new Error('No settings');
    const lost = createSmtpMailer(away);
    const [delivery] = lost.deliver([
      {
        notificationId: v7(),
        subjectId: 'nobody',
        orderKey: v7(),
        template: 'order-confirmed',
        to: 'secret@example.com',
        name: 'Nobody',
        letter: {
          ...{ subject: 'S', preview: '', heading: '', orderNumber: 'WB-1', reached: null, aboutLink: '' },
          ...{ paragraphs: [], items: [], itemsLeftOut: 0, sums: [], facts: [] },
          action: { label: 'Go', url: 'https://shop.example/' },
        },
      },
    ]);
    await expect(delivery).rejects.toThrow(/The mail server did not take it: .*ECONNREFUSED/);
    lost.close();
  });

  test('gets more mails at once than there are connections, each once', async () => {
    const mails = smtpConnections * 3;
    const orders = await Promise.all(
      Array.from({ length: mails }, (_, nth) => confirmOrder(`many-${nth}@example.com`)),
    );
    await house.settle();
    for (const [nth, orderId] of orders.entries()) {
      expect((await sentOf(orderId)).length).toBe(1);
      expect(mailsTo(`many-${nth}@example.com`)).toHaveLength(1);
    }
  });
});
