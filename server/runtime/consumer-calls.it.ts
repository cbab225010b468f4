import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '#db/clients.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { analytics } from '#server/projections/analytics.ts';
import { orderSearch } from '#server/projections/order-search.ts';
import { orderStatus } from '#server/projections/order-status.ts';
import { createConsumerCalls, idleMsUntilTick, tickMsLeast } from './consumer-calls.ts';
import { acquireLease, type Lease } from './leases.ts';
import { liveTarget, shadowTarget } from './projection-target.ts';

let store: TestStore;
let sql: Database;
beforeAll(async () => {
  store = await openTestStore();
  sql = store.another({}, 'worker').sql;
});
afterAll(() => store.close());

/** The same client, that counts its statements. */
const counting = (): { readonly counted: Database; readonly statements: () => number } => {
  let statements = 0;
  const counted = new Proxy(sql, {
    apply: (target, self, given) => {
      statements += 1;
      return Reflect.apply(target, self, given);
    },
  });
  return { counted, statements: () => statements };
};

const leaseOf = async (consumer: string): Promise<Lease> => {
  const acquired = await acquireLease(sql, { consumer, version: 1, holder: 'one', ttlMs: 60_000 });
  if (!acquired) throw new Error('No lease');
  return acquired.lease;
};

test('leases are renewed by one statement, each with its own token', async () => {
  const { counted, statements } = counting();
  const leases = await Promise.all(['kept', 'taken', 'kept too'].map(leaseOf));
  await sql`update read.checkpoints set lease_expires_at = clock_timestamp() + interval '1 second'`;
  await sql`update read.checkpoints set lease_token = lease_token + 1 where consumer = 'taken'`;
  const { renew } = createConsumerCalls(counted);
  expect(await Promise.all(leases.map(renew))).toEqual([true, false, true]);
  expect(statements()).toBe(1);
  const rows = await sql<{ consumer: string; is_long: boolean }[]>`
    select consumer, lease_expires_at > clock_timestamp() + interval '30 seconds' as is_long from read.checkpoints
    order by consumer`;
  expect(rows.map(({ consumer, is_long }) => [consumer, is_long])).toEqual([
    ['kept', true],
    ['kept too', true],
    ['taken', false],
  ]);
});

test('who waits for a refold is told by one statement: the projection and version asked for, not its shadow', async () => {
  const { counted, statements } = counting();
  const { awaitsRefold } = createConsumerCalls(counted);
  await sql`
    insert into read.refolds (projection, version, source_key, reason)
    values (${orderStatus.name}, ${orderStatus.version}, 'W1', 'asked'),
      (${orderStatus.name}, ${orderStatus.version}, 'W2', 'asked'),
      (${analytics.name}, ${analytics.version + 1}, 'W1', 'of another version')`;
  const targets = [liveTarget(orderStatus), liveTarget(orderSearch), liveTarget(analytics), shadowTarget(orderStatus)];
  expect(await Promise.all(targets.map(awaitsRefold))).toEqual([true, false, false, false]);
  expect(statements()).toBe(1);
});

test('whoever is idle wakes on the same ticks, less than a tick and a bit away', () => {
  for (let now = 5_000; now < 7_000; now += 0.7) {
    const wakesAt = now + idleMsUntilTick(now);
    expect(wakesAt % 1_000, `at ${now}`).toBeLessThan(1);
    expect(wakesAt - now).toBeGreaterThanOrEqual(1_000 - tickMsLeast);
    expect(wakesAt - now).toBeLessThanOrEqual(1_101);
  }
});
