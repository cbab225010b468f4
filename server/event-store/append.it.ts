import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from './testing/test-store.ts';
import {
  command,
  inventoryStream,
  newSku,
  orderConfirmed,
  orderStream,
  receiving,
  stockReceived,
  unit,
} from './testing/units.ts';

let at: TestStore;
beforeAll(async () => {
  at = await openTestStore();
});
afterAll(() => at.close());

const versionsOf = async (sku: string) =>
  (await at.store.readStream(inventoryStream(sku))).map(({ version }) => version);

describe('expected versions', () => {
  test('a stream that must be new is refused once it exists, and the answer names both versions', async () => {
    const sku = newSku();
    const [first] = await at.store.append([receiving(sku, 0)]);
    const [second] = await at.store.append([receiving(sku, 0)]);
    expect(first?.status).toBe('appended');
    expect(second).toEqual({ status: 'conflict', streamId: inventoryStream(sku), expected: 0, actual: 1 });
  });

  test('an exact version is taken when it is the last, and refused when it is older or ahead', async () => {
    const sku = newSku();
    await at.store.append([receiving(sku, 0)]);
    const [exact] = await at.store.append([receiving(sku, 1)]);
    const [older] = await at.store.append([receiving(sku, 1)]);
    const [ahead] = await at.store.append([receiving(sku, 9)]);
    expect([exact?.status, older?.status, ahead?.status]).toEqual(['appended', 'conflict', 'conflict']);
    expect(await versionsOf(sku)).toEqual([1, 2]);
  });

  test('any version goes behind what is there', async () => {
    const sku = newSku();
    for (let nth = 0; nth < 3; nth += 1) await at.store.append([receiving(sku, 'any')]);
    expect(await versionsOf(sku)).toEqual([1, 2, 3]);
  });

  test('of writers racing for one version exactly one wins, and each other hears of a conflict', async () => {
    const sku = newSku();
    await at.store.append([receiving(sku, 0)]);
    const rivals = [at.store, at.another().store];
    for (let version = 1; version <= 20; version += 1) {
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, nth) => rivals[nth % 2]?.append([receiving(sku, version)])),
      );
      const statuses = outcomes.map((outcome) => outcome?.[0]?.status);
      expect(statuses.filter((status) => status === 'appended')).toHaveLength(1);
      expect(statuses.filter((status) => status === 'conflict')).toHaveLength(19);
    }
    expect((await versionsOf(sku)).length).toBe(21);
  });

  test('a version is checked even where the unit writes nothing to that stream', async () => {
    const [checked, written] = [newSku(), newSku()];
    await at.store.append([receiving(checked, 0)]);
    const [outcome] = await at.store.append([
      unit([{ streamId: inventoryStream(checked), version: 0 }], [command([stockReceived(written)])]),
    ]);
    expect(outcome?.status).toBe('conflict');
    expect(await versionsOf(written)).toEqual([]);
  });
});

describe('one unit over several streams', () => {
  test('is written whole: versions, order and outcome as answered are as read back', async () => {
    const [one, two] = [newSku(), newSku()];
    const [outcome] = await at.store.append([
      unit(
        [
          { streamId: inventoryStream(one), version: 0 },
          { streamId: inventoryStream(two), version: 0 },
        ],
        [command([stockReceived(one), stockReceived(two), stockReceived(one)]), command([stockReceived(two)])],
      ),
    ]);
    if (outcome?.status !== 'appended') throw new Error('not appended');
    const answered = outcome.commands.flatMap(({ events }) => events);
    const stored = [
      ...(await at.store.readStream(inventoryStream(one))),
      ...(await at.store.readStream(inventoryStream(two))),
    ].sort((a, b) => a.at.position - b.at.position);
    expect(stored).toEqual(answered);
    expect(answered.map(({ streamId, version }) => [streamId, version])).toEqual([
      [inventoryStream(one), 1],
      [inventoryStream(two), 1],
      [inventoryStream(one), 2],
      [inventoryStream(two), 2],
    ]);
    expect(outcome.commands.map(({ token }) => token)).toEqual([answered[2]?.at, answered[3]?.at]);
  });

  test('is refused whole when one stream moved', async () => {
    const [moved, still] = [newSku(), newSku()];
    await at.store.append([receiving(moved, 0)]);
    const [outcome] = await at.store.append([
      unit(
        [
          { streamId: inventoryStream(still), version: 0 },
          { streamId: inventoryStream(moved), version: 0 },
        ],
        [command([stockReceived(still), stockReceived(moved)])],
      ),
    ]);
    expect(outcome).toEqual({ status: 'conflict', streamId: inventoryStream(moved), expected: 0, actual: 1 });
    expect(await versionsOf(still)).toEqual([]);
  });

  test('writers that name two streams in opposite orders never deadlock (500 rounds)', async () => {
    const [one, two] = [newSku(), newSku()];
    const other = at.another().store;
    const both = (first: string, second: string) => unit([], [command([stockReceived(first), stockReceived(second)])]);
    for (let round = 0; round < 500; round += 1) {
      const outcomes = await Promise.all([at.store.append([both(one, two)]), other.append([both(two, one)])]);
      expect(outcomes.map(([outcome]) => outcome?.status)).toEqual(['appended', 'appended']);
    }
    expect((await versionsOf(one)).length).toBe(1000);
  });

  test('locks are taken in one order, whatever order the streams are named in: nobody holds one while it waits for a lesser', async () => {
    const skus = Array.from({ length: 12 }, newSku);
    const keys = skus.map(inventoryStream);
    const holder = await at.sql.reserve();
    await holder`begin`;
    await holder`select pg_advisory_xact_lock(min(hashtextextended(key, 0))) from unnest(${keys}::text[]) as key`;
    const all = (some: readonly string[]) => unit([], [command(some.map((sku) => stockReceived(sku)))]);
    const appending = Promise.all([at.store.append([all(skus)]), at.another().store.append([all(skus.toReversed())])]);
    const observer = at.client('superuser', 1);
    const locks = async () => {
      const [row] = await observer<{ waiting: number; held: number }[]>`
        select count(*) filter (where not granted)::int as waiting, count(*) filter (where granted)::int as held
        from pg_locks
        where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
      return row;
    };
    await expect.poll(locks, { interval: 5, timeout: 5_000 }).toEqual({ waiting: 2, held: 1 });
    await holder`commit`;
    holder.release();
    expect((await appending).map(([outcome]) => outcome?.status)).toEqual(['appended', 'appended']);
  });

  test('an order and its payment share the lock key of the order', async () => {
    const orderId = randomUUID();
    const paymentId = randomUUID();
    await expect(
      at.store.append([unit([{ streamId: `payment-${paymentId}`, version: 0 }], [command([])])]),
    ).rejects.toMatchObject({ code: 'NoLockKey' });
    const [outcome] = await at.store.append([
      unit(
        [
          { streamId: `payment-${paymentId}`, version: 0 },
          { streamId: orderStream(orderId), version: 0 },
        ],
        [command([orderConfirmed(orderId)])],
      ),
    ]);
    expect(outcome?.status).toBe('appended');
    expect((await at.store.readOrder(orderId)).map(({ orderKey }) => orderKey)).toEqual([orderId]);
  });
});

describe('many units in one call', () => {
  test('each has its own outcome, and those that fail leave the others alone', async () => {
    const [fine, moved, repeated] = [newSku(), newSku(), newSku()];
    const commandId = randomUUID();
    await at.store.append([receiving(moved, 0), receiving(repeated, 0, { commandId })]);
    const outcomes = await at.store.append([
      receiving(moved, 0),
      receiving(fine, 0),
      receiving(repeated, 1, { commandId }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['conflict', 'appended', 'duplicate']);
    expect(await Promise.all([moved, fine, repeated].map(versionsOf))).toEqual([[1], [1], [1]]);
  });

  test('units that share a lock key are written one after another, in order', async () => {
    const sku = newSku();
    const outcomes = await at.store.append([receiving(sku, 0), receiving(sku, 1), receiving(sku, 1)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['appended', 'appended', 'conflict']);
  });

  test('a thousand units are one transaction', async () => {
    const units = Array.from({ length: 1000 }, () => receiving(newSku(), 0));
    const outcomes = await at.store.append(units);
    const transactions = new Set(
      outcomes.map((outcome) => (outcome.status === 'appended' ? outcome.commands[0]?.token.transactionId : null)),
    );
    expect(transactions.size).toBe(1);
  });

  test('more than 1,000 lock keys are refused, by the code and by the database', async () => {
    const skus = Array.from({ length: 1001 }, newSku);
    const streams = skus.map((sku) => ({ streamId: inventoryStream(sku), version: 0 }));
    await expect(at.store.append([unit(streams, [command([])])])).rejects.toMatchObject({ code: 'TooManyLockKeys' });
    const start = await startOf();
    await expect(
      at.sql`select es.append(${start}, true, false, 1, ${skus}, ${skus.map(() => 1)}, '{}', '{}', '{}', '', '')`,
    ).rejects.toMatchObject({ code: 'WB006' });
  });
});

const startOf = async (): Promise<number> => {
  const [row] = await at.sql<{ start: number }[]>`
    select (extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint as start`;
  return row?.start ?? 0;
};

describe('the transaction of an append', () => {
  const call = async (sql: TestStore['sql'], start: number) => {
    await sql`select es.append(${start}, true, false, 1, '{k}', '{1}', '{}', '{}', '{}', '', '')`;
  };

  test('is refused once it has an xid: events of one stream would come out inverted', async () => {
    const start = await startOf();
    const attempt = at.sql.begin(async (tx) => {
      await tx`select pg_current_xact_id()`;
      await call(tx as unknown as TestStore['sql'], start);
    });
    await expect(attempt).rejects.toMatchObject({ code: 'WB001' });
  });

  test('is refused under REPEATABLE READ: the check would not see what the lock waited for', async () => {
    const start = await startOf();
    const attempt = at.sql.begin('isolation level repeatable read', (tx) =>
      call(tx as unknown as TestStore['sql'], start),
    );
    await expect(attempt).rejects.toMatchObject({ code: 'WB002' });
  });

  test('is refused by a server that has started anew since it was verified', async () => {
    const start = await startOf();
    await expect(call(at.sql, start - 1)).rejects.toMatchObject({ code: 'WB003' });
    await expect(call(at.sql, start)).resolves.toBeUndefined();
  });

  test('has no xid while it waits for the lock', async () => {
    const sku = newSku();
    const holder = await at.sql.reserve();
    await holder`select pg_advisory_lock(hashtextextended(${inventoryStream(sku)}, 0))`;
    const appending = at.store.append([receiving(sku, 0)]);
    const observer = at.client('superuser', 1);
    const waiting = async () => {
      const [row] = await observer<{ backend_xid: string | null }[]>`
        select backend_xid from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and wait_event = 'advisory'`;
      return row;
    };
    await expect.poll(waiting, { interval: 5, timeout: 5_000 }).toEqual({ backend_xid: null });
    await holder`select pg_advisory_unlock(hashtextextended(${inventoryStream(sku)}, 0))`;
    holder.release();
    expect((await appending)[0]?.status).toBe('appended');
  });

  test('recorded time never goes back within a stream, even where the clock does', async () => {
    const sku = newSku();
    const owner = at.client('owner', 1);
    const [first] = await at.store.append([receiving(sku, 0)]);
    const later = '2999-01-01T00:00:00.000Z';
    await owner`
      insert into es.events (incarnation, version, event_id, occurred_at, recorded_at, schema_version, stream_id,
        stream_type, order_key, type, origin, data, metadata)
      select incarnation, 2, gen_random_uuid(), occurred_at, ${later}, schema_version, stream_id, stream_type, order_key,
        type, origin, data, metadata
      from es.events where stream_id = ${inventoryStream(sku)}`;
    const [third] = await at.store.append([receiving(sku, 2)]);
    expect(first?.status).toBe('appended');
    if (third?.status !== 'appended') throw new Error('not appended');
    expect(third.commands[0]?.events[0]?.recordedAt).toBe(later);
  });

  test('business time and origin are those that the command gave', async () => {
    const sku = newSku();
    await at.store.append([receiving(sku, 0, { occurredAt: '2017-05-01T08:00:00Z', origin: 'import' })]);
    const [event] = await at.store.readStream(inventoryStream(sku));
    expect([event?.occurredAt, event?.origin]).toEqual(['2017-05-01T08:00:00.000Z', 'import']);
  });
});
