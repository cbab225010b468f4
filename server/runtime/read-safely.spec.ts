import { expect, test } from 'vitest';
import type { Codec, EventRow } from '#server/event-store/codec.ts';
import { EventStoreError } from '#server/event-store/errors.ts';
import { decodeSafely, type FedEvent } from './read-safely.ts';

const rowOf = (eventId: string): EventRow =>
  ({
    event_id: eventId,
    incarnation: 1,
    transaction_id: '7',
    position: 1,
    stream_id: 'order-1',
    stream_type: 'order',
    order_key: '1',
    version: 1,
    type: 'OrderPlaced',
    metadata: {},
    occurred_at: new Date(0),
    recorded_at: new Date(0),
    origin: 'live',
  }) as unknown as EventRow;

/** Reads all but the one, which fails as given. */
const codecThatFails = (failing: string, error: Error): Codec =>
  ({
    decode: async (rows: readonly EventRow[]) => {
      if (rows.some(({ event_id }) => event_id === failing)) throw error;
      return rows.map(({ event_id }) => ({ eventId: event_id }) as FedEvent);
    },
  }) as unknown as Codec;

const rows = ['a', 'b', 'c'].map(rowOf);

test('an event that can’t be read is marked, and the others are read', async () => {
  const codec = codecThatFails('b', new EventStoreError('Undecryptable', 'another master key'));
  const events = await decodeSafely(codec, rows);
  expect(events.map(({ eventId, unreadable }) => [eventId, unreadable])).toEqual([
    ['a', undefined],
    ['b', 'another master key'],
    ['c', undefined],
  ]);
});

test('a database that is away says nothing about an event: nothing is marked, and it is read again later', async () => {
  for (const code of ['ECONNREFUSED', 'CONNECTION_CLOSED', '57P03']) {
    const away = Object.assign(new Error('the key could not be asked for'), { code });
    await expect(decodeSafely(codecThatFails('b', away), rows)).rejects.toBe(away);
  }
});
