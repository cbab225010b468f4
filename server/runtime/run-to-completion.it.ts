import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DomainEvent } from '#domain/events/registry.ts';
import type { RecordedEvent } from '#domain/shared/envelope.ts';
import { command, unit } from '#server/event-store/testing/units.ts';
import { checkout } from '#server/processes/checkout.ts';
import { defineProcess, orderKeyOf, type ProcessDefinition } from '#server/processes/define-process.ts';
import type { AnyProcess } from '#server/processes/registry.ts';
import { batchOf, opaque, placeOne, startRunner } from './testing/process-rig.ts';
import { type House, openHouse } from './testing/whole-house.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

type Heard = { readonly types: readonly string[] };
const note = (state: Heard, { type }: DomainEvent) => ({ state: { types: [...state.types, type] } });

/** Writes down what it hears; what it does not bear is to hear an event twice. */
const witness = (more: ProcessDefinition<Heard>['on'] = {}): AnyProcess =>
  opaque(
    defineProcess<Heard>({
      name: 'witness',
      version: 1,
      initial: { types: [] },
      on: {
        OrderPlaced: note,
        StockReserved: note,
        AuthorizationRequested: note,
        OrderNoteAdded: note,
        PaymentAuthorized: note,
        OrderConfirmed: note,
        StockAllocated: note,
        FulfillmentCreated: note,
        ...more,
      },
    }),
  );

type Rig = Awaited<ReturnType<typeof startRunner>>;

const heardBy = async ({ sql }: Rig, orderId: string): Promise<readonly string[]> => {
  const [row] = await sql<{ states: { witness: { s: Heard } } }[]>`
    select states from proc.order_states where order_key = ${orderId}`;
  return row?.states.witness.s.types ?? [];
};

/** What the store has of an order, stock included, in store order; from `after` on. */
const fedOf = async (orderId: string, after = 0): Promise<RecordedEvent<DomainEvent>[]> => {
  const { events } = await house.runtime.store.readAll({ incarnation: 0, transactionId: 0, position: 0 }, 10_000);
  return events.filter((event) => orderKeyOf(event) === orderId).slice(after);
};

const give = async ({ runner, lease }: Rig, events: readonly RecordedEvent<DomainEvent>[]) => {
  const readTo = events.at(-1)?.at;
  if (!readTo) throw new Error('nothing to give');
  return runner.handle({ events, readTo }, lease);
};

const addNote = (orderId: Awaited<ReturnType<typeof placeOne>>) =>
  house.command(orderId, { type: 'AddNote', orderId, noteId: randomUUID(), text: 'hello', visibility: 'internal' });

const toTheBank = ['OrderPlaced', 'StockReserved', 'AuthorizationRequested'];

test('one batch takes an order to the bank, and one from there to the warehouse', async () => {
  const rig = await startRunner(house, [opaque(checkout), witness()]);
  const orderId = await placeOne(house, 'TWO-STEPS');
  const placed = await fedOf(orderId);
  expect(await give(rig, placed)).toBe('written');
  expect(await heardBy(rig, orderId)).toEqual(toTheBank);
  // Which it gives by and by: nothing of it is new.
  const [reserved, requested] = await fedOf(orderId, 1);
  if (!reserved || !requested) throw new Error('not fed');
  expect(await give(rig, [reserved])).toBe('nothing');
  expect(await give(rig, [requested])).toBe('nothing');

  if (requested.event.type !== 'AuthorizationRequested') throw new Error(requested.event.type);
  const { method: _method, ...asked } = requested.event;
  const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
  const authorized: DomainEvent = { ...asked, type: 'PaymentAuthorized', gatewayReference: 'pi_1', expiresAt };
  await house.runtime.store.append([unit([], [command([authorized])])]);
  expect(await give(rig, await fedOf(orderId, 3))).toBe('written');
  const all = [...toTheBank, 'PaymentAuthorized', 'OrderConfirmed', 'StockAllocated', 'FulfillmentCreated'];
  expect(await heardBy(rig, orderId)).toEqual(all);
  expect((await fedOf(orderId)).map(({ event }) => event.type)).toEqual(all);
  await give(rig, await fedOf(orderId, 4));
  await addNote(orderId);
  await give(rig, await fedOf(orderId, all.length));
  expect(await heardBy(rig, orderId)).toEqual([...all, 'OrderNoteAdded']);
});

test('what was heard ahead is not heard again by who takes over and is given all of it once more', async () => {
  const orderId = await placeOne(house, 'TAKEN-OVER');
  const first = await startRunner(house, [opaque(checkout), witness()]);
  await give(first, await fedOf(orderId));
  const next = await startRunner(house, [opaque(checkout), witness()]);
  await addNote(orderId);
  await give(next, await fedOf(orderId, 1));
  expect(await heardBy(next, orderId)).toEqual([...toTheBank, 'OrderNoteAdded']);
});

test('what happened meanwhile is heard where it stands in the store, before what was decided after it', async () => {
  const rig = await startRunner(house, [opaque(checkout), witness()]);
  const orderId = await placeOne(house, 'MEANWHILE');
  const placed = await batchOf(house, orderId);
  await addNote(orderId);
  expect(await give(rig, placed.events)).toBe('written');
  // The note is not known here yet, and the bank was asked after it.
  expect(await heardBy(rig, orderId)).toEqual(['OrderPlaced', 'StockReserved']);
  await give(rig, await fedOf(orderId, 1));
  const inStoreOrder = (await fedOf(orderId)).map(({ event }) => event.type).filter((type) => type !== 'StockReserved');
  expect((await heardBy(rig, orderId)).filter((type) => type !== 'StockReserved')).toEqual(inStoreOrder);
  expect(inStoreOrder).toEqual(['OrderPlaced', 'OrderNoteAdded', 'AuthorizationRequested']);
});

test('a process that throws at what it hears ahead parks its order as it was, and nothing is heard twice later', async () => {
  let isBroken = true;
  const fragile = witness({
    StockReserved: (state, event) => {
      if (isBroken) throw new Error('poison');
      return note(state, event);
    },
  });
  const rig = await startRunner(house, [opaque(checkout), fragile]);
  const orderId = await placeOne(house, 'THROWN-AT');
  expect(await give(rig, await fedOf(orderId))).toBe('written');
  expect(await rig.sql`select 1 from proc.order_states where order_key = ${orderId}`).toHaveLength(0);
  await give(rig, await fedOf(orderId, 1));
  isBroken = false;
  await rig.sql`update proc.parked set retry_at = clock_timestamp() - interval '1 s'`;
  await rig.runner.retryParked(rig.lease);
  await give(rig, await fedOf(orderId, 2));
  expect(await heardBy(rig, orderId)).toEqual(toTheBank);
  expect(await rig.sql`select 1 from proc.parked`).toHaveLength(0);
});
