import type { Database } from '#db/clients.ts';
import type { OrderId } from '#domain/shared/ids.ts';
import { completeChallenge } from '#server/adapters/simulated-gateway/challenge.ts';
import type { EventStore } from '#server/event-store/event-store.ts';
import type { Random } from '#server/projections/testing/histories.ts';
import { cards } from '#server/runtime/testing/house.ts';
import type { ScratchEnv } from '../../scripts/scratch-database.ts';
import { changeSome, checkChanged, sendSomeBack } from './changed-orders.ts';
import { deliverAll, shipAll } from './floor.ts';
import { openStreet, type ProvenHouse } from './open-house.ts';

class Killed extends Error {
  override readonly name = 'Killed';
}

export type KilledRuns = {
  readonly runs: number;
  readonly kills: number;
  readonly confirmed: number;
  readonly completed: number;
  readonly amended: number;
  readonly calledOffInPart: number;
  readonly inspected: number;
  readonly refunded: number;
  /** What happened twice, or never, in words; empty when all held. */
  readonly broken: readonly string[];
};

const ordersInARound = 50;
const share = 0.12;

/** Kills before or after whatever `work` does, as luck has it. */
const createKiller = (random: Random) => {
  let isOn = false;
  let kills = 0;
  const maybe = (where: string): void => {
    if (!isOn || !random.chance(share)) return;
    kills += 1;
    throw new Killed(where);
  };
  const around = async <Result>(where: string, work: () => Promise<Result>): Promise<Result> => {
    maybe(`before ${where}`);
    const result = await work();
    maybe(`after ${where}`);
    return result;
  };
  const store = (real: EventStore): EventStore => ({
    ...real,
    appendGrouped: (unit) => around('an append', () => real.appendGrouped(unit)),
  });
  /** Only the write of a batch: reading kills nobody. */
  const runnerSql = (real: Database): Database =>
    new Proxy(real, {
      apply: (target, self, args) => {
        const [text] = args as [readonly string[]];
        const call = () => Reflect.apply(target as unknown as (...all: unknown[]) => Promise<unknown>, self, args);
        return text.join('').includes('proc.write_batch') ? around('the checkpoint', call) : call();
      },
    });
  return {
    store,
    runnerSql,
    around,
    kills: () => kills,
    set: (on: boolean) => {
      isOn = on;
    },
  };
};

/** Lets everything happen; who is killed is started anew, and what they had in hand comes back when its lease ends. */
const settleUnderFire = async (house: ProvenHouse): Promise<void> => {
  for (let round = 0; round < 6; round += 1) {
    await house.settle().catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
    });
    // Leases of what died run out, and backoffs end.
    house.advance(10_000);
  }
};

const settleInPeace = async (house: ProvenHouse): Promise<void> => {
  for (let round = 0; round < 4; round += 1) {
    await house.settle();
    house.advance(35_000);
  }
  await house.settle();
};

type Counted = { readonly key: string; readonly type: string; readonly count: number };

/** Whatever may happen once, and happened twice. */
const doubled = async (sql: Database, orderIds: readonly string[]): Promise<string[]> => {
  const rows = await sql<Counted[]>`
    select key, type, count(*)::int as count from (
      select type, case
        when type in ('PaymentCaptured', 'CaptureRequested') then coalesce(data ->> 'captureId', stream_id)
        when type in ('PaymentRefunded', 'RefundRequested') then data ->> 'refundId'
        when type in ('OrderAmended', 'AmendmentDeclined') then data ->> 'amendmentId'
        when type = 'StockReturned' then (data ->> 'returnId') || (data ->> 'lineId') || (data ->> 'disposition')
        -- An amendment that raises a line reserves and allocates more of it: twice, of other quantities or times.
        when type in ('StockReserved', 'StockAllocated') then
          (data ->> 'lineId') || coalesce((metadata ->> 'causationId'), '')
        when type = 'ReservationReleased' then (data ->> 'lineId') || coalesce((metadata ->> 'causationId'), '')
        when type = 'StockShipped' then (data ->> 'lineId') || coalesce((metadata ->> 'causationId'), '')
        -- An exchange opens an order again.
        when type = 'OrderCompleted' then stream_id || coalesce((metadata ->> 'causationId'), '')
        else stream_id end as key
      from es.events
      where type in ('AuthorizationRequested', 'PaymentAuthorized', 'PaymentDeclined', 'OrderConfirmed', 'OrderRejected',
          'FulfillmentCreated', 'CaptureRequested', 'PaymentCaptured', 'StockReserved', 'StockAllocated', 'StockShipped',
          'ReservationReleased', 'OrderCompleted', 'PaymentRefunded', 'RefundRequested', 'OrderAmended',
          'AmendmentDeclined', 'StockReturned')
        and (order_key = any (${orderIds as string[]}) or data ->> 'orderId' = any (${orderIds as string[]}))
    ) as once group by key, type having count(*) > 1`;
  return rows.map(({ key, type, count }) => `${type} ${count} times for ${key}`);
};

const checkOrder = async (house: ProvenHouse, orderId: OrderId, card: keyof typeof cards): Promise<string[]> => {
  const { order } = await house.waybill(orderId);
  const wanted = card === 'approve' || card === 'challenge' ? 'completed' : 'rejected';
  const isAsWanted = order.status === wanted;
  return [
    ...(isAsWanted ? [] : [`${orderId} with ${card} is ${order.status}, not ${wanted}`]),
    ...(await checkChanged(house, orderId)),
  ];
};

/** Every step of the processes killed before and after its effect, in `runs` orders from the click to the door. */
export const runKilled = async (env: ScratchEnv, random: Random, runs: number): Promise<KilledRuns> => {
  const killer = createKiller(random);
  const street = openStreet(env);
  const broken: string[] = [];
  let [confirmed, completed] = [0, 0];
  const seen = new Map<string, number>();
  try {
    const tokens = new Map<keyof typeof cards, string>();
    const bank = street.build();
    const kinds = ['approve', 'challenge', 'decline', 'insufficientFunds'] as const;
    for (const kind of kinds) tokens.set(kind, await bank.token(cards[kind]));
    for (let round = 0; round * ordersInARound < runs; round += 1) {
      // Each with a clock of its own: it runs ahead of the database's, by which the bank's questions run out.
      const house = street.build({
        store: killer.store,
        runnerSql: killer.runnerSql,
        // A call that was made, and whose maker died before it could write so down.
        perform: (perform) => (effects) =>
          effects.map((effect) =>
            killer.around('an effect', async () => {
              const [done] = perform([effect]);
              if (!done) throw new Error('An effect was left out');
              return done;
            }),
          ),
      });
      house.wrapTransport((receive) => (body, headers) => killer.around('a webhook', () => receive(body, headers)));
      /** People do their part; then all that follows from it is killed again and again, and comes to its end. */
      const underFire = async (work: (orderId: OrderId) => Promise<void>, orderIds: readonly OrderId[]) => {
        for (const orderId of orderIds) await work(orderId);
        killer.set(true);
        await settleUnderFire(house);
        killer.set(false);
        await settleInPeace(house);
      };
      const placed: { orderId: OrderId; card: (typeof kinds)[number] }[] = [];
      const skus = [`KILL-${round}-A`, `KILL-${round}-B`];
      for (const sku of skus) await house.stock(sku, 100);
      for (let nth = 0; nth < Math.min(ordersInARound, runs - round * ordersInARound); nth += 1) {
        const card = random.chance(0.5) ? 'approve' : random.pick(kinds);
        const lines = skus
          .slice(0, 1 + random.int(2))
          .map((sku, line) => ({ id: `l${line}`, sku, quantity: 1 + random.int(2), price: 100 + random.int(900) }));
        const orderId = await house.place({ lines, token: tokens.get(card) ?? '' });
        placed.push({ orderId, card });
      }
      killer.set(true);
      await settleUnderFire(house);
      killer.set(false);
      // Every customer has heard their bank's question by then.
      await settleInPeace(house);
      killer.set(true);
      for (const { orderId } of placed) {
        const [payment] = Object.values((await house.waybill(orderId)).payments);
        if (payment?.status !== 'requires_action') continue;
        await completeChallenge(house.sql, payment.challengeUrl.replace('/pay/challenge/', ''), true, house.now());
      }
      await settleUnderFire(house);
      killer.set(false);
      await settleInPeace(house);
      const good: OrderId[] = [];
      for (const { orderId } of placed)
        if ((await house.waybill(orderId)).order.status === 'confirmed') good.push(orderId);
      confirmed += good.length;
      await underFire(async (orderId) => changeSome(house, random, orderId, skus[0] ?? ''), good);
      await underFire((orderId) => shipAll(house, orderId), good);
      await underFire((orderId) => deliverAll(house, orderId), good);
      await underFire((orderId) => sendSomeBack(house, random, orderId), good);
      // What is sent again in place of what came back.
      await underFire((orderId) => shipAll(house, orderId), good);
      await underFire((orderId) => deliverAll(house, orderId), good);
      for (const { orderId, card } of placed) {
        broken.push(...(await checkOrder(house, orderId, card)));
        if ((await house.waybill(orderId)).order.status === 'completed') completed += 1;
        for (const type of await house.types(orderId)) seen.set(type, (seen.get(type) ?? 0) + 1);
      }
      broken.push(
        ...(await doubled(
          house.sql,
          placed.map(({ orderId }) => orderId),
        )),
      );
      for (const sku of skus) {
        const { reserved, allocated } = await house.stockOf(sku);
        if (reserved + allocated > 0) broken.push(`${sku}: ${reserved} reserved and ${allocated} claimed at the end`);
      }
    }
  } finally {
    await street.close();
  }
  const count = (type: string): number => seen.get(type) ?? 0;
  return {
    runs,
    kills: killer.kills(),
    confirmed,
    completed,
    amended: count('OrderAmended'),
    calledOffInPart: count('OrderLinesCanceled'),
    inspected: count('ReturnInspected'),
    refunded: count('PaymentRefunded'),
    broken,
  };
};
