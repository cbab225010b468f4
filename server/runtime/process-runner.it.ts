import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DomainEvent } from '#domain/events/registry.ts';
import { quantityMost } from '#domain/inventory/events.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import type { Currency } from '#domain/shared/money.ts';
import { silentCarrier } from '#server/adapters/carrier.ts';
import { readKeptMails } from '#server/adapters/mail/kept-mails.ts';
import { command, unit } from '#server/event-store/testing/units.ts';
import { checkout, paymentIdOf } from '#server/processes/checkout.ts';
import { defineProcess } from '#server/processes/define-process.ts';
import { type AnyProcess, allProcesses } from '#server/processes/registry.ts';
import { orderPlaced } from '#server/processes/testing/events.ts';
import { opaque, placeOne, batchOf as readBatch, startRunner } from './testing/process-rig.ts';
import { cards, type House, openHouse } from './testing/whole-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const statusOf = async (orderId: OrderId) => (await house.waybill(orderId)).order.status;

describe('a flash sale', () => {
  test('of ten pieces and two hundred buyers confirms exactly ten, and never sells what is not there', async () => {
    await house.stock('FLASH', 10);
    const token = await house.token(cards.approve);
    const lines = [{ id: 'a', sku: 'FLASH', quantity: 1, price: 9_900 }];
    const orderIds = await Promise.all(Array.from({ length: 200 }, () => house.place({ lines, token })));
    await house.settle();
    const statuses = await Promise.all(orderIds.map(statusOf));
    expect(Object.fromEntries([...Map.groupBy(statuses, (s) => s)].map(([s, some]) => [s, some.length]))).toEqual({
      confirmed: 10,
      rejected: 190,
    });
    // Throws when it was below zero at any moment.
    expect(await house.stockOf('FLASH')).toEqual({ onHand: 10, reserved: 0, allocated: 10, available: 0 });
  });

  test('decides the reservations of a batch in one transaction', async () => {
    await house.stock('ONE-TX', 50);
    const token = await house.token(cards.approve);
    const lines = [{ id: 'a', sku: 'ONE-TX', quantity: 1, price: 100 }];
    await Promise.all(Array.from({ length: 40 }, () => house.place({ lines, token })));
    await house.settle();
    const [row] = await house.test.client('worker', 1)`
      select count(*) as reservations, count(distinct transaction_id::text) as transactions
      from es.events where stream_id = 'inventory-ONE-TX' and type = 'StockReserved'`;
    expect(row?.reservations).toBe(40);
    expect(row?.transactions).toBeLessThanOrEqual(2);
  });
});

describe('the runner', () => {
  const place = (sku: string) => placeOne(house, sku);
  const batchOf = (orderId: OrderId) => readBatch(house, orderId);
  const rig = (processes: readonly AnyProcess[]) => startRunner(house, processes);

  test('a holder whose lease is gone writes nothing; its commands, given again by the next, do nothing twice', async () => {
    const orderId = await place('FENCED');
    const { sql, runner, lease } = await rig(allProcesses(silentCarrier));
    const batch = await batchOf(orderId);
    await sql`update read.checkpoints set lease_token = lease_token + 1 where consumer = ${lease.consumer}`;
    expect(await runner.handle(batch, lease)).toBe('lost');
    expect(await sql`select 1 from proc.order_states where order_key = ${orderId}`).toHaveLength(0);
    expect(await runner.handle(batch, { ...lease, token: lease.token + 1 })).toBe('written');
    expect(await sql`select 1 from proc.order_states where order_key = ${orderId}`).toHaveLength(1);
    expect(await house.stockOf('FENCED')).toMatchObject({ reserved: 1 });
    await house.settle();
    expect(await house.stockOf('FENCED')).toEqual({ onHand: 5, reserved: 0, allocated: 1, available: 4 });
  });

  test('killed after its commands and before its checkpoint, all of it is harmless the second time', async () => {
    const orderId = await place('KILLED');
    const { runner, lease } = await rig(allProcesses(silentCarrier));
    const batch = await batchOf(orderId);
    for (let round = 0; round < 3; round += 1) await runner.handle(batch, lease);
    await house.settle();
    const types = await house.types(orderId);
    expect(types).toEqual([...new Set(types)]);
    expect(await house.stockOf('KILLED')).toEqual({ onHand: 5, reserved: 0, allocated: 1, available: 4 });
  });

  test('an imported order issues nothing', async () => {
    await house.stock('IMPORTED', 5);
    const orderId = randomUUID() as OrderId;
    const lines = [{ id: `${orderId}:a`, sku: 'IMPORTED', quantity: 1, price: 100 }];
    await house.runtime.store.append([
      {
        expected: [{ streamId: `order-${orderId}`, version: 0 }],
        readTo: { incarnation: 0, transactionId: 0, position: 0 },
        commands: [
          {
            commandId: randomUUID(),
            actor: { id: 'import', role: 'system' },
            bodyHmac: null,
            correlationId: randomUUID(),
            causationId: null,
            origin: 'import',
            occurredAt: '2018-01-01T00:00:00.000Z',
            outcome: { status: 'accepted' },
            events: [orderPlaced({ id: orderId, lines })],
          },
        ],
      },
    ]);
    await house.settle();
    expect(await statusOf(orderId)).toBe('placed');
    expect(await house.stockOf('IMPORTED')).toEqual({ onHand: 5, reserved: 0, allocated: 0, available: 5 });
    expect(await house.test.client('worker', 1)`select 1 from proc.order_states where order_key = ${orderId}`).toEqual(
      [],
    );
  });

  test('a reaction that throws parks its order alone; its later events wait, and go on in order when it is mended', async () => {
    const [ill, well] = [await place('POISON'), await place('HEALTHY')];
    let isBroken = true;
    const seen: string[] = [];
    const fragile = defineProcess<{ readonly types: readonly string[] }>({
      name: 'fragile',
      version: 1,
      initial: { types: [] },
      on: {
        OrderPlaced: (state, event) => {
          if (isBroken && event.orderId === ill) throw new Error('poison');
          seen.push(`${event.orderId}:${event.type}`);
          return { state: { types: [...state.types, event.type] } };
        },
        OrderNoteAdded: (state, event) => {
          seen.push(`${event.orderId}:${event.type}`);
          return { state: { types: [...state.types, event.type] } };
        },
      },
    });
    const { sql, runner, lease } = await rig([opaque(fragile)]);
    const handle = async (events: Awaited<ReturnType<typeof batchOf>>['events']) => {
      const readTo = events.at(-1)?.at;
      if (readTo) expect(await runner.handle({ events, readTo }, lease)).not.toBe('lost');
    };
    await handle([...(await batchOf(ill)).events, ...(await batchOf(well)).events]);
    expect(seen).toEqual([`${well}:OrderPlaced`]);
    expect(await sql`select order_key, error from proc.parked`).toEqual([{ order_key: ill, error: 'Error: poison' }]);

    const noteId = randomUUID();
    await house.command(ill, { type: 'AddNote', orderId: ill, noteId, text: 'hello', visibility: 'internal' });
    await handle((await batchOf(ill)).events.slice(1));
    expect(seen).toHaveLength(1);

    isBroken = false;
    await sql`update proc.parked set retry_at = clock_timestamp() - interval '1 s'`;
    await runner.retryParked(lease);
    expect(seen.slice(1)).toEqual([`${ill}:OrderPlaced`, `${ill}:OrderNoteAdded`]);
    expect(await sql`select 1 from proc.parked`).toHaveLength(0);
    expect(await sql`select 1 from proc.parked_events`).toHaveLength(0);
  });

  test('a command whose event can’t be stored parks its order alone, though others want the same stock', async () => {
    const [ill, well] = [await place('GREEDY'), await place('GREEDY')];
    const greedy: AnyProcess = {
      ...opaque(checkout),
      react: (state, recorded) => {
        const reaction = opaque(checkout).react(state, recorded);
        const isIll = recorded.orderKey === ill;
        const commands = reaction.commands.map((command) =>
          isIll && command.intent.type === 'ReserveStock'
            ? { ...command, intent: { ...command.intent, quantity: quantityMost + 1 } }
            : command,
        );
        return { ...reaction, commands };
      },
    };
    const { sql, runner, lease } = await rig([greedy]);
    const events = [...(await batchOf(ill)).events, ...(await batchOf(well)).events];
    const readTo = events.at(-1)?.at;
    if (!readTo) throw new Error('nothing to read');
    expect(await runner.handle({ events, readTo }, lease)).not.toBe('lost');
    const parked = await sql<{ order_key: string; error: string }[]>`select order_key, error from proc.parked`;
    expect(parked.map(({ order_key }) => order_key)).toEqual([ill]);
    expect(parked[0]?.error).toMatch('StockReservationRejected breaks its schema');
    expect(await house.stockOf('GREEDY')).toMatchObject({ onHand: 10, reserved: 1 });
    await sql`delete from proc.parked`;
    await sql`delete from proc.parked_events`;
    await house.settle();
  });

  test('an order whose payment’s stream is another order’s is parked alone; the others are confirmed', async () => {
    const lines = [{ id: 'a', sku: 'STOLEN', quantity: 1, price: 100 }];
    await house.stock('STOLEN', 5);
    const token = await house.token(cards.approve);
    const [thief, robbed, well] = [
      await house.place({ lines, token }),
      await house.place({ lines, token }),
      await house.place({ lines, token }),
    ];
    const paymentId = paymentIdOf(robbed);
    const taken: DomainEvent = {
      type: 'AuthorizationRequested',
      orderId: thief,
      paymentId,
      currency: 'EUR' as Currency,
      amountMinor: 100,
      method: { kind: 'card', token, brand: 'visa', last4: '4242' },
    };
    await house.runtime.store.append([unit([{ streamId: `payment-${paymentId}`, version: 0 }], [command([taken])])]);
    await house.settle();
    const sql = house.test.client('worker', 1);
    const parked = await sql<{ order_key: string; error: string }[]>`select order_key, error from proc.parked`;
    expect(parked.map(({ order_key }) => order_key)).toEqual([robbed]);
    expect(parked[0]?.error).toMatch('is refused what it was read to allow');
    expect([await statusOf(thief), await statusOf(robbed), await statusOf(well)]).toEqual([
      'confirmed',
      'placed',
      'confirmed',
    ]);
    await sql`delete from proc.parked`;
    await sql`delete from proc.parked_events`;
  });

  test('a state of another version is lifted, and one that nobody can lift parks the order', async () => {
    const orderId = await place('LIFTED');
    const older = opaque(checkout);
    const { sql, runner, lease } = await rig([older]);
    await runner.handle(await batchOf(orderId), lease);
    const heard: unknown[] = [];
    const newer: AnyProcess = {
      ...older,
      version: 2,
      upgrade: (state, version) => {
        heard.push(version);
        return state;
      },
    };
    const next = await rig([newer]);
    await next.runner.handle(await batchOf(orderId), next.lease);
    expect(heard).toEqual([1]);
    const stuck = await rig([{ ...older, version: 3 }]);
    await stuck.runner.handle(await batchOf(orderId), stuck.lease);
    const [parked] = await sql`select error from proc.parked where order_key = ${orderId}`;
    expect(parked?.error).toMatch('has a state of version 2, and no way to lift it');
    await sql`delete from proc.parked`;
  });

  test('process state holds no personal data', async () => {
    await place('PRIVATE');
    await house.settle();
    const [row] = await house.test.client('worker', 1)`
      select count(*) as leaks from (
        select states::text as text from proc.order_states union all select effect::text from proc.effects
        union all select commands::text from proc.timers union all select envelope::text from mail.messages
      ) as kept where text like '%Ana Sousa%' or text like '%ana@%' or text like '%das Flores%'`;
    expect(row).toEqual({ leaks: 0 });
  });

  test('when a person is erased, their mails stay and say nothing', async () => {
    const orderId = await place('ERASED');
    await house.settle();
    const { sql, keys } = house.test;
    expect((await readKeptMails(sql, keys, orderId))[0]?.content?.to).toBe('ana@example.com');
    await keys.destroy('customer-1');
    expect(await readKeptMails(sql, keys, orderId)).toMatchObject([{ content: null }]);
  });
});

describe('an effect that will never succeed', () => {
  test('is given up where everyone can see it', async () => {
    const sql = house.test.client('worker', 1);
    const effectId = randomUUID();
    const effect = { kind: 'void', orderId: randomUUID(), paymentId: randomUUID() };
    await sql`
      insert into proc.effects (effect_id, lane, order_key, effect, correlation_id, causation_id, due_at, requested_at)
      values (${effectId}, 'payment', ${effect.orderId}, ${JSON.stringify(effect)}::text::jsonb, 'c', ${randomUUID()},
        clock_timestamp() - interval '1 s', clock_timestamp())`;
    await house.payments.executeDue();
    const [row] = await sql`select status, last_error from proc.effects where effect_id = ${effectId}`;
    expect(row).toEqual({ status: 'gave_up', last_error: 'The gateway refused to release the money: not_authorized' });
  });
});
