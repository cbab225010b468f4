import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { DomainEvent, EventTypeEntry } from '#domain/events/registry.ts';
import * as registry from '#domain/events/registry.ts';
import { erased, personal } from '#domain/shared/personal.ts';
import { createCodec, type EventRegistry } from './codec.ts';
import { createEventStore } from './event-store.ts';
import { createSubjectKeys } from './subject-keys.ts';
import { openTestStore, type TestStore, testMasterKey } from './testing/test-store.ts';
import { command, noteAdded, orderPlaced, orderStream, unit } from './testing/units.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

const person = () => {
  const id = randomUUID().slice(0, 8);
  return {
    subjectId: `guest-${id}`,
    name: `Ana Beatriz ${id}`,
    email: `ana.${id}@example.com`,
    street: `Rua das Flores ${id}`,
  };
};

const append = (event: DomainEvent) => at.store.append([unit([], [command([event])])]);

const storedText = async (orderId: string): Promise<string> => {
  const [row] = await at.sql<{ text: string }[]>`
    select string_agg(event::text, ' ') as text from es.events as event where order_key = ${orderId}`;
  return row?.text ?? '';
};

describe('values', () => {
  const orderId = randomUUID();
  test.each<[string, DomainEvent, string]>([
    ['NUL', noteAdded(orderId, 's', 'a\u0000b'), 'NotIJson'],
    ['a lone surrogate', noteAdded(orderId, 's', 'a\ud800'), 'NotIJson'],
    ['a float', { type: 'StockReceived', sku: 'S', warehouse: 'PORTO', quantity: 0.5 } as never, 'NotIJson'],
    [
      'an unsafe integer',
      { type: 'StockReceived', sku: 'S', warehouse: 'PORTO', quantity: 2 ** 60 } as never,
      'NotIJson',
    ],
    ['more than 1 MB', noteAdded(orderId, 's', 'x'.repeat(1_000_001)), 'EventTooLarge'],
    ['a broken schema', { type: 'StockReceived', sku: 'S', warehouse: 'PORTO', quantity: 0 } as never, 'InvalidEvent'],
    ['an unknown property', { type: 'OrderConfirmed', orderId, extra: 1 } as never, 'InvalidEvent'],
    ['an unknown type', { type: 'OrderUpdated', orderId } as never, 'UnknownEventType'],
  ])('an event with %s is refused, typed, and nothing is written', async (_, event, code) => {
    await expect(append(event)).rejects.toMatchObject({ name: 'EventStoreError', code });
    expect(await at.store.readOrder(orderId)).toEqual([]);
  });

  test('an order of 2,000 lines is stored; one of 2,001 is refused, typed', async () => {
    const [most, tooMany] = [randomUUID(), randomUUID()];
    const [stored] = await append(orderPlaced(most, person(), 2_000));
    expect(stored?.status).toBe('appended');
    await expect(append(orderPlaced(tooMany, person(), 2_001))).rejects.toMatchObject({ code: 'InvalidEvent' });
    expect(await at.store.readOrder(tooMany)).toEqual([]);
  });

  test('no value of the person is in the message of a refusal', async () => {
    const { name, ...rest } = person();
    const broken = {
      ...orderPlaced(randomUUID(), { name, ...rest }),
      contact: { name, email: 'nowhere', phone: null },
    };
    const refusal = await append(broken as never).catch((error: Error) => error.message);
    expect(refusal).toMatch(/OrderPlaced breaks its schema: contact/);
    expect(refusal).not.toContain(name);
  });
});

describe('personal fields', () => {
  test('are never in clear in the table, and come back as they were', async () => {
    const orderId = randomUUID();
    const who = person();
    const placed = orderPlaced(orderId, who);
    const note = noteAdded(orderId, who.subjectId, `Call ${who.name} first`);
    await at.store.append([unit([], [command([placed, note])])]);
    const text = await storedText(orderId);
    expect(text).toContain(who.subjectId);
    for (const secret of [who.name, who.email, who.street]) expect(text).not.toContain(secret);
    const events = await at.another().store.readOrder(orderId);
    expect(events.map(({ event }) => event)).toEqual([placed, note]);
  });

  test('are erased in every process once the key is destroyed, while the rest of the history stands', async () => {
    const orderId = randomUUID();
    const who = person();
    const placed = orderPlaced(orderId, who);
    const other = at.another();
    await append(placed);
    await other.store.readOrder(orderId); // its key is cached there now
    expect(await at.keys.destroy(who.subjectId)).toBe(1);
    const expected = { ...placed, contact: erased, shipTo: { ...placed.shipTo, recipient: erased } };
    expect((await at.store.readOrder(orderId)).map(({ event }) => event)).toEqual([expected]);
    await expect
      .poll(async () => (await other.store.readOrder(orderId)).map(({ event }) => event), {
        interval: 5,
        timeout: 3_000,
      })
      .toEqual([expected]);
  });

  test('that are already erased are written as erased', async () => {
    const orderId = randomUUID();
    const event = { ...noteAdded(orderId, person().subjectId, 'x'), text: erased } as DomainEvent;
    await append(event);
    expect((await at.store.readOrder(orderId)).map(({ event: read }) => read)).toEqual([event]);
  });

  test('a person who comes back after erasure gets a new key', async () => {
    const orderId = randomUUID();
    const { subjectId } = person();
    await append(noteAdded(orderId, subjectId, 'before'));
    await at.keys.destroy(subjectId);
    await append(noteAdded(orderId, subjectId, 'after'));
    const texts = (await at.store.readOrder(orderId)).map(({ event }) => (event as { text?: unknown }).text);
    expect(texts).toEqual([erased, 'after']);
  });

  test('an envelope moved to another event can’t be read there', async () => {
    const orderId = randomUUID();
    const { subjectId } = person();
    await append(noteAdded(orderId, subjectId, 'mine'));
    await at.client('owner', 1)`
      insert into es.events (incarnation, version, event_id, occurred_at, recorded_at, schema_version, stream_id,
        stream_type, order_key, type, origin, data, metadata)
      select incarnation, 2, gen_random_uuid(), occurred_at, recorded_at, schema_version, stream_id, stream_type,
        order_key, type, origin, data, metadata
      from es.events where stream_id = ${orderStream(orderId)}`;
    await expect(at.store.readOrder(orderId)).rejects.toMatchObject({ code: 'Undecryptable' });
  });

  test('can’t be read with another master key', async () => {
    const orderId = randomUUID();
    await append(noteAdded(orderId, person().subjectId, 'mine'));
    const keys = createSubjectKeys({ sql: at.sql, masterKey: Buffer.alloc(32, 8) });
    const store = createEventStore({ sql: at.sql, codec: createCodec(registry, keys) });
    await expect(store.readOrder(orderId)).rejects.toMatchObject({ code: 'Undecryptable' });
  });
});

describe('subject keys', () => {
  test('made at once by two processes, each subject has one living key', async () => {
    const subjects = Array.from({ length: 50 }, () => person().subjectId);
    const makers = [at.keys, createSubjectKeys({ sql: at.client('worker', 5), masterKey: testMasterKey })];
    const made = await Promise.all(
      Array.from({ length: 10 }, (_, nth) =>
        makers[nth % 2]?.forWriting(nth % 3 === 0 ? subjects.toReversed() : subjects),
      ),
    );
    const keyIds = made.map((keys) => subjects.map((subject) => keys?.get(subject)?.keyId));
    for (const ids of keyIds) expect(ids).toEqual(keyIds[0]);
    const [row] = await at.sql<{ count: number }[]>`
      select count(*)::int as count from es.subject_keys where subject_id = any(${subjects})`;
    expect(row?.count).toBe(subjects.length);
  });

  test('a destroyed key can’t be revived, moved or deleted', async () => {
    const { subjectId } = person();
    await at.keys.forWriting([subjectId]);
    await at.keys.destroy(subjectId);
    const revive = (sql: TestStore['sql']) =>
      sql`update es.subject_keys set wrapped_key = 'x', destroyed_at = null where subject_id = ${subjectId}`;
    await expect(revive(at.sql)).rejects.toMatchObject({ code: 'WB004' });
    await expect(revive(at.client('owner', 1))).rejects.toMatchObject({ code: 'WB004' });
    await expect(at.sql`delete from es.subject_keys`).rejects.toMatchObject({ code: '42501' });
  });

  test('an envelope whose key was never stored stops the reader', async () => {
    await expect(at.keys.byId([randomUUID()])).rejects.toMatchObject({ code: 'KeyMissing' });
  });
});

describe('upcasting', () => {
  const entry = (schemaVersion: number, schema: z.ZodType, personalPaths: string[][]): EventTypeEntry => ({
    aggregate: 'order',
    schemaVersion,
    schema,
    personalPaths,
  });
  const registryOf = (one: EventTypeEntry, upcast: EventRegistry['upcast']): EventRegistry => ({
    eventTypes: new Map([['NoteLeft', one]]),
    streamOf: (event) => ({
      streamId: `order-${(event as unknown as { orderId: string }).orderId}`,
      streamType: 'order',
      orderKey: (event as unknown as { orderId: string }).orderId,
    }),
    upcast,
  });

  test('happens after decrypting: a personal field that a later version moved is read, and erased, all the same', async () => {
    const orderId = randomUUID();
    const { subjectId } = person();
    const first = registryOf(
      entry(1, z.strictObject({ orderId: z.string(), subjectId: z.string(), text: personal(z.string()) }), [['text']]),
      (type, _, data) => ({ ...data, type }) as unknown as DomainEvent,
    );
    const second = registryOf(
      entry(
        2,
        z.strictObject({
          orderId: z.string(),
          subjectId: z.string(),
          body: z.strictObject({ note: personal(z.string()) }),
        }),
        [['body', 'note']],
      ),
      (type, version, { text, ...data }) =>
        (version === 1 ? { ...data, body: { note: text }, type } : { ...data, type }) as unknown as DomainEvent,
    );
    const before = createEventStore({ sql: at.sql, codec: createCodec(first, at.keys) });
    const after = createEventStore({ sql: at.sql, codec: createCodec(second, at.keys) });
    const event = { type: 'NoteLeft', orderId, subjectId, text: 'hello' } as never;
    await before.append([unit([], [command([event])])]);
    const read = async () => (await after.readOrder(orderId)).map((one) => one.event);
    expect(await read()).toEqual([{ type: 'NoteLeft', orderId, subjectId, body: { note: 'hello' } }]);
    await at.keys.destroy(subjectId);
    expect(await read()).toEqual([{ type: 'NoteLeft', orderId, subjectId, body: { note: erased } }]);
  });
});
