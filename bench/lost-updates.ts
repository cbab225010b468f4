// Two agents act on one order at the same moment, each on what they both saw before, over HTTP. Whatever was answered with
// "recorded" must be in the order's history, once; whatever was refused must not; and each assignment must know the one
// before it, which is where an overwritten change would show.
import { v7 as uuidv7 } from 'uuid';
import { closeSql, type Database, openSql } from '#db/clients.ts';
import type { BenchContext, Figures } from './context.ts';
import { type DeskAgent, openDeskAgent, type PlacedOrder, placeOrders } from './desk-calls.ts';
import { isAtRest, startHouse, until } from './house.ts';
import { stockUp } from './orders.ts';

export const name = 'lost-updates';
export const about =
  'two agents change one order at the same moment, over and over; what was acknowledged is all there';

const rounds = Number(process.env.BENCH_ROUNDS ?? 10_000);
const orderCount = 200;
const unitsPerLine = 30;
/** Rounds at once, each on an order of its own. */
const atOnce = 4;

type Versions = Readonly<Record<string, number>>;
const kinds = ['tag', 'assign', 'hold', 'cancelLines'] as const;
type Kind = (typeof kinds)[number];
type Told = {
  readonly kind: Kind;
  readonly commandId: string;
  readonly isRecorded: boolean;
  readonly isConflict: boolean;
};

const send = async (
  agent: DeskAgent,
  { orderId }: PlacedOrder,
  nth: number,
  side: number,
  colleagues: readonly string[],
  decidedOn: Versions,
): Promise<Told> => {
  const commandId = uuidv7();
  const base = { orderId, commandId, decidedOn };
  const kind = kinds[Math.floor(nth / orderCount) % kinds.length] ?? 'tag';
  const inputs = {
    tag: { ...base, tag: `r${nth}-${side}` },
    assign: { ...base, to: colleagues[(nth + side) % colleagues.length] },
    hold: { ...base, holdId: uuidv7(), reason: `Round ${nth}` },
    cancelLines: {
      ...base,
      cancellationId: uuidv7(),
      lines: [{ lineId: `${orderId}:${1 + (nth % 4)}`, quantity: 1 }],
      reason: 'One is enough',
      restock: true,
    },
  };
  const paths = { tag: 'tag', assign: 'assign', hold: 'placeHold', cancelLines: 'cancelLines' } as const;
  const { status } = await agent.tell(`support.order.${paths[kind]}`, inputs[kind]);
  if (status !== 200 && status !== 409 && status !== 422) throw new Error(`Round ${nth}: ${status}`);
  return { kind, commandId, isRecorded: status === 200, isConflict: status === 409 };
};

/** Assignments whose `from` is not the one before: the mark of a change that was overwritten unseen. */
const brokenChains = async (sql: Database): Promise<number> => {
  const [row] = await sql<{ broken: number }[]>`
    select count(*)::int as broken from (
      select data ->> 'from' as came, lag(data ->> 'to') over (partition by stream_id order by version) as was
      from es.events where type = 'OrderAssigned') as assigned
    where came is distinct from was`;
  return row?.broken ?? 0;
};

export const run = async (context: BenchContext): Promise<Figures> => {
  const { env, say } = context;
  const sql = openSql(env.DATABASE_URL, { max: 2, applicationName: 'bench', transactionTimeoutMs: 0 });
  await stockUp(sql, context);
  const house = await startHouse(context);
  try {
    const orders = await placeOrders(house, orderCount, unitsPerLine);
    await until('all orders are with their warehouses', 120, async () => {
      const [row] = await sql<{ open: number }[]>`
        select count(*)::int as open from read.order_search_v2 where fulfillment_status = 'open'`;
      return row?.open === orderCount && (await isAtRest(sql));
    });
    const pairs = await Promise.all(
      Array.from({ length: atOnce }, () => Promise.all([openDeskAgent(house), openDeskAgent(house)])),
    );
    const [pair] = pairs;
    if (!pair) throw new Error('There are no agents');
    const { staff } = await pair[0].ask<{ staff: readonly { id: string; role: string }[] }>(
      'support.reference',
      {},
      null,
    );
    const colleagues = staff.filter(({ role }) => role === 'support' || role === 'admin').map(({ id }) => id);
    say(`${rounds} rounds over ${orderCount} orders, ${atOnce} at once …`);
    const told: Told[] = [];
    let next = 0;
    const began = performance.now();
    await Promise.all(
      pairs.map(async ([first, second]) => {
        for (let nth = next++; nth < rounds; nth = next++) {
          const order = orders[nth % orders.length] as PlacedOrder;
          const { waybill } = await first.ask<{ waybill: { versions: Versions } }>(
            'support.order.get',
            { orderId: order.orderId },
            null,
          );
          told.push(
            ...(await Promise.all([
              send(first, order, nth, 0, colleagues, waybill.versions),
              send(second, order, nth, 1, colleagues, waybill.versions),
            ])),
          );
        }
      }),
    );
    const seconds = (performance.now() - began) / 1_000;
    for (const pair of pairs) for (const agent of pair) agent.close();
    const rows = await sql<{ id: string }[]>`
      select distinct metadata ->> 'commandId' as id from es.events where metadata -> 'actor' ->> 'role' = 'support'`;
    const written = new Set(rows.map(({ id }) => id));
    const recorded = told.filter(({ isRecorded }) => isRecorded);
    const unwritten = recorded.filter(({ commandId }) => !written.has(commandId));
    // Only an assignment to whom the other has just assigned it may change nothing; its outcome is stored all the same.
    const assigned = unwritten.filter(({ kind }) => kind === 'assign').map(({ commandId }) => commandId);
    const [stored] = await sql<{ count: number }[]>`
      select count(*)::int as count from es.commands where command_id = any(${assigned}::uuid[])`;
    const noOps = stored?.count ?? 0;
    const missing = unwritten.length - noOps;
    const ghosts = told.filter(({ isRecorded, commandId }) => !isRecorded && written.has(commandId)).length;
    const broken = await brokenChains(sql);
    return {
      rounds,
      lost: missing + broken,
      ghosts,
      recorded: recorded.length,
      conflicts: told.filter(({ isConflict }) => isConflict).length,
      noOps,
      roundsPerSecond: Math.round(rounds / seconds),
    };
  } finally {
    await house.stop();
    await closeSql(sql);
  }
};
