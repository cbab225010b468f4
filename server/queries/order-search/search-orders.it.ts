import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseOrderQuery } from '#domain/search/order-query.ts';
import { type OrderSort, orderSorts } from '#domain/search/order-sorts.ts';
import { openTestStore, type TestStore } from '#server/event-store/testing/test-store.ts';
import { orderSearch } from '#server/projections/order-search.ts';
import { idOf, orderLife } from '#server/projections/testing/histories.ts';
import { caughtUp, insertEvents, startReadSide } from '#server/runtime/testing/worker-rig.ts';
import { countOrders } from './count-orders.ts';
import { countViews } from './count-views.ts';
import type { DeskOrder } from './order-row.ts';
import type { OrderSearch } from './page-sql.ts';
import { type OrderSearchCursor, searchOrders } from './search-orders.ts';
import { type PoolLimits, poolLimits } from './text-sql.ts';

const orderCount = 120;
const lives = Array.from({ length: orderCount }, (_, seed) => orderLife({ seed }));
const nowMs = Date.parse('2026-11-21T12:00:00Z');
const people = { viewerId: 'ines', staff: [{ id: 'rui-7', name: 'Rui Lopes' }] };

let store: TestStore;
let all: readonly DeskOrder[];

const asked = (q: string, sort: OrderSort = '-placed', view: OrderSearch['view'] = 'all'): OrderSearch => {
  const { filters, text, problems } = parseOrderQuery(q);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return { view, sort, filters, text, nowMs, people };
};

/** However many orders there are, each way of coming by a page is one that some search takes. */
const ways: Readonly<Record<string, PoolLimits>> = {
  'one by one': poolLimits,
  'walked with the pool at hand': { joined: 0, text: 1_000, filters: 1_000 },
  'by what the filters leave': { joined: 0, text: 0, filters: 1_000 },
  walked: { joined: 0, text: 0, filters: 0 },
};

const everyPage = async (search: OrderSearch, limit = 7): Promise<DeskOrder[]> => {
  const items: DeskOrder[] = [];
  let after: OrderSearchCursor | null = null;
  do {
    const page = await searchOrders(store, search, after, limit);
    items.push(...page.items.slice(0, page.likeFrom ?? page.items.length));
    after = page.next;
  } while (after);
  return items;
};

const find = async (q: string) => (await everyPage(asked(q))).map(({ orderId }) => orderId);
const kept = (keep: (order: DeskOrder) => boolean) => all.filter(keep).map(({ orderId }) => orderId);
const tagged = idOf('order 3');
const assigned = idOf('order 4');

beforeAll(async () => {
  store = await openTestStore();
  const at = '2026-11-20T10:00:00.000Z';
  const event = (data: Readonly<Record<string, unknown>>) => ({ event: data as never, occurredAt: at });
  await insertEvents(store.sql, [
    ...lives.flat().filter(({ event: { type } }) => !type.startsWith('Stock') && !type.includes('Reserv')),
    event({ type: 'OrderTagged', orderId: tagged, tag: 'vip' }),
    event({ type: 'OrderTagged', orderId: tagged, tag: 'gift' }),
    event({ type: 'OrderUntagged', orderId: tagged, tag: 'gift' }),
    event({ type: 'OrderAssigned', orderId: assigned, from: null, to: 'rui-7' }),
  ]);
  const side = await startReadSide(store, { projections: [orderSearch] });
  await caughtUp(store.sql, [orderSearch], 30_000);
  await side.stop();
  expect(side.errors).toEqual([]);
  all = (await searchOrders(store, asked(''), null, 1_000)).items;
}, 60_000);
afterAll(() => store.close());

test('every order is listed', () => {
  expect(all).toHaveLength(orderCount);
});

test('a text that has become frequent since the page before goes on where that ended', async () => {
  const first = await searchOrders(store, asked('porto'), null, 50);
  const overfull = { ...asked('porto'), pools: { joined: 1, text: 2, filters: 2 } };
  expect(first.next?.found).toBe('words text');
  const second = await searchOrders(store, overfull, first.next, 100);
  const ids = [...first.items, ...second.items].map(({ orderId }) => orderId);
  expect(ids).toEqual(all.map(({ orderId }) => orderId));
});

describe.each(orderSorts)('sorted by %s', (sort) => {
  const value = (order: DeskOrder) =>
    ({ placed: order.placedAt, updated: order.updatedAt, total: order.totalMinor, shipby: order.shipBy })[
      sort.replace('-', '') as 'placed'
    ];
  const sorted = (orders: readonly DeskOrder[]) =>
    orders.toSorted((a, b) => {
      const byValue = value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : a.orderId < b.orderId ? -1 : 1;
      return sort.startsWith('-') ? -byValue : byValue;
    });
  const ids = (orders: readonly DeskOrder[]) => orders.map(({ orderId }) => orderId);

  const queries = ['', 'tier:gold', 'porto', 'porto -tier:gold', 'marta', 'marta -tier:gold'];
  test.each(queries.flatMap((q) => Object.keys(ways).map((way) => [q, way] as const)))(
    'pages of %j bring each order once, in order, %s',
    async (q, way) => {
      const wanted = all.filter(
        ({ tier, customerName }) =>
          (!q.includes('tier') || (tier === 'gold') !== q.includes('-tier')) &&
          (!q.includes('marta') || customerName === 'Marta Sousa'),
      );
      expect(ids(await everyPage({ ...asked(q, sort), pools: ways[way] ?? poolLimits }))).toEqual(ids(sorted(wanted)));
    },
  );
});

describe('filters', () => {
  test.each<[string, (order: DeskOrder) => boolean]>([
    ['status:completed', ({ orderStatus }) => orderStatus === 'completed'],
    ['-status:completed', ({ orderStatus }) => orderStatus !== 'completed'],
    ['payment:paid', ({ paymentStatus }) => paymentStatus === 'captured'],
    ['fulfillment:none', ({ fulfillmentStatus }) => fulfillmentStatus === null],
    ['-fulfillment:none', ({ fulfillmentStatus }) => fulfillmentStatus !== null],
    ['hold:any', ({ holds }) => holds.length > 0],
    ['-hold:any', ({ holds }) => holds.length === 0],
    ['tier:gold,silver country:pt', ({ tier, country }) => tier !== 'standard' && country === 'PT'],
    ['warehouse:porto', ({ warehouses }) => warehouses.includes('PORTO')],
    ['total:>100', ({ totalMinor }) => totalMinor > 100_00],
    ['-total:>100', ({ totalMinor }) => totalMinor <= 100_00],
    ['total:50..150', ({ totalMinor }) => totalMinor >= 50_00 && totalMinor <= 150_00],
    ['placed:>30d', ({ placedAt }) => Date.parse(placedAt) < nowMs - 30 * 86_400_000],
    ['placed:<30d', ({ placedAt }) => Date.parse(placedAt) >= nowMs - 30 * 86_400_000],
    ['placed:2026-10-10', ({ placedAt }) => placedAt.startsWith('2026-10-10')],
    ['placed:>2026-10-10', ({ placedAt }) => placedAt >= '2026-10-11'],
    ['shipby:<=2026-10-20', ({ shipBy }) => shipBy < '2026-10-21'],
    ['tag:vip', ({ orderId }) => orderId === tagged],
    ['tag:any', ({ orderId }) => orderId === tagged],
    ['tag:gift', () => false],
    ['-tag:VIP', ({ orderId }) => orderId !== tagged],
    ['tag:none', ({ orderId }) => orderId !== tagged],
    ['assignee:rui', ({ orderId }) => orderId === assigned],
    ['assignee:me', () => false],
    ['assignee:none', ({ orderId }) => orderId !== assigned],
    ['-assignee:rui', ({ orderId }) => orderId !== assigned],
  ])('%s', async (q, keep) => {
    expect((await find(q)).toSorted()).toEqual(kept(keep).toSorted());
    expect(await countOrders(store, asked(q))).toBe(kept(keep).length);
  });
});

describe('text', () => {
  test('finds an order by each of its identifiers, whole or begun, however it was pasted', async () => {
    const life = lives.find((events) => events.some(({ event }) => event.type === 'FulfillmentShipped')) ?? [];
    const texts: string[] = [];
    let orderId = '';
    for (const { event } of life) {
      if (event.type === 'OrderPlaced' && 'email' in event.contact) {
        orderId = event.orderId;
        const phone = event.contact.phone ?? '';
        texts.push(event.orderNumber, `(#${event.orderNumber}),`, event.orderNumber.slice(3), event.orderId);
        texts.push(event.contact.email, event.contact.email.slice(0, 9), phone, phone.slice(4), `0${phone.slice(4)}`);
      }
      if (event.type === 'PaymentAuthorized') texts.push(event.gatewayReference);
      if (event.type === 'FulfillmentShipped') texts.push(event.trackingNumber, event.trackingNumber.toLowerCase());
    }
    expect(texts.length).toBeGreaterThan(9);
    for (const text of texts) expect(await find(text), text).toContain(orderId);
  });

  test('finds names, products and postal codes while they are typed, all words of them', async () => {
    const marta = await find('mart');
    expect(marta).toEqual(kept(({ customerName }) => customerName === 'Marta Sousa'));
    expect(await find('sous ma')).toEqual(marta);
    expect(await find('LEVEQUE zoe')).toEqual(kept(({ customerName }) => customerName === 'Zoë Lévêque'));
    expect((await find('4050-0 porto')).length).toBe(orderCount);
    expect(await find('m s')).toEqual(marta);
    expect(await find('mug-2 gold-is-no-word')).toEqual([]);
  });

  test('finds what is misspelled, after what is spelled right', async () => {
    const ayumi = kept(({ customerName }) => customerName === 'Ayumi Tanaka');
    for (const typed of ['ayumi tanka', 'Auymi Tanaka', 'ayumy', 'tanaca ayumi']) {
      const { items, likeFrom, instead } = await searchOrders(store, asked(typed), null, 60);
      expect({ likeFrom, items: items.map(({ orderId }) => orderId) }, typed).toEqual({ likeFrom: 0, items: ayumi });
      expect(instead?.split(' ').every((word) => ['ayumi', 'tanaka'].includes(word))).toBe(true);
    }
    const first = await searchOrders(store, asked('tanka', 'total'), null, 5);
    const second = await searchOrders(store, asked('tanka', 'total'), first.next, 5);
    expect(second.items.map(({ customerName }) => customerName)).toEqual(Array(5).fill('Ayumi Tanaka'));
    expect(second.items[0]?.totalMinor).toBeGreaterThanOrEqual(first.items.at(-1)?.totalMinor ?? Infinity);
    for (const text of ['WB-99x999', 'qqqqq'])
      expect(await searchOrders(store, asked(text), null, 60)).toMatchObject({ items: [], next: null, instead: null });
  });

  test('where little is found, what is spelled alike comes after it', async () => {
    const [only] = kept(({ orderId }) => orderId === tagged);
    const number = all.find(({ orderId }) => orderId === only)?.orderNumber ?? '';
    const { items, likeFrom, instead } = await searchOrders(store, asked(`${number} porto`), null, 60);
    expect({ found: items.map(({ orderId }) => orderId), likeFrom, instead }).toEqual({
      found: [only],
      likeFrom: null,
      instead: null,
    });
  });

  test('nothing that is typed becomes SQL or a pattern', async () => {
    for (const text of ['%', '_', '\\', "'; drop table read.order_search_v2; --", '%%%', 'a%b_c', '\u{10FFFF}'])
      expect((await searchOrders(store, asked(text), null, 60)).items, text).toEqual([]);
  });
});

test('views are counted, and none further than 1,000', async () => {
  const counts = await countViews(store);
  expect(counts).toMatchObject({
    all: orderCount,
    holds: kept(({ holds, orderStatus }) => holds.length > 0 && ['placed', 'confirmed'].includes(orderStatus)).length,
    open: kept(({ orderStatus }) => ['placed', 'confirmed'].includes(orderStatus)).length,
  });
});

test('what very many orders have is found by walking the list, with filters and in each sort, page by page', async () => {
  const columns = `order_number, subject_id, tier, channel, currency, total_minor, paid_minor, refunded_minor,
    refund_pending_minor, country, city, order_status, payment_status, holds, is_held, tags, warehouses, item_count,
    line_count, ship_by, deliver_by, placed_at, updated_at, memory`;
  await store.another({}, 'worker').sql.unsafe(`
    insert into read.order_search_v2 (order_key, ${columns})
    select gen_random_uuid(), 'MANY-' || n, 'many', case when n % 500 = 0 then 'gold' else 'silver' end, 'web', 'EUR', n, 0, 0, 0,
      'PT', 'Porto', 'completed', 'captured', '{}', false, '{}', '{}', 1, 1, at, at, at, at, '{}'
    from (select n, timestamptz '2025-01-01' + n * interval '1 minute' as at from generate_series(1, 4600) as n) as made;
    insert into read.order_search_words_v2 select order_key, ' ubiquitous ' || order_number
    from read.order_search_v2 where order_number like 'MANY-%'`);
  const numbers = async (q: string, sort: OrderSort, limit = 3) =>
    (await searchOrders(store, asked(q, sort), null, limit)).items.map(({ orderNumber }) => orderNumber);
  expect(await numbers('ubiquitous', '-placed')).toEqual(['MANY-4600', 'MANY-4599', 'MANY-4598']);
  expect(await numbers('ubiquitous', 'total')).toEqual(['MANY-1', 'MANY-2', 'MANY-3']);
  expect(await numbers('ubiq tier:gold', '-total')).toEqual(['MANY-4500', 'MANY-4000', 'MANY-3500']);
  const paged = await everyPage(asked('ubiquitous', '-total'), 900);
  expect(paged.map(({ totalMinor }) => totalMinor)).toEqual(Array.from({ length: 4600 }, (_, n) => 4600 - n));
  expect(await countOrders(store, asked('ubiquitous'))).toBe(1_000);
  expect(await countOrders(store, asked('ubiquitous tier:gold'))).toBe(9);
  expect(await countOrders(store, asked('ubiquitous tier:silver'))).toBeNull();
  expect(await countOrders(store, asked('country:pt'))).toBe(1_000);
  expect((await countViews(store)).all).toBe(1_000);
});
