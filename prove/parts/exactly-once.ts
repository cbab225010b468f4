import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { v7 } from 'uuid';
import type { OrderId } from '#domain/shared/ids.ts';
import { handleWaybillCommand, type WaybillOutcome, type WaybillRequest } from '#server/runtime/handle-command.ts';
import type { ScratchEnv } from '../../scripts/scratch-database.ts';
import { type Cut, startCuttingProxy } from '../cutting-proxy.ts';
import { commandRuntime, newOrderId, placeOrder } from '../orders.ts';
import type { Part, PartContext } from '../part.ts';
import { manyAtOnce, openStore } from '../store.ts';

const sameIdTimes = 1_000;
const atOnce = 100;
const cutsOf = { small: 40, full: 1_300 };
const lanes = 8;
const triesMost = 10;

const request = (orderId: OrderId, over: Partial<WaybillRequest> = {}): WaybillRequest => ({
  commandId: v7(),
  actor: { id: 'customer-1', role: 'customer' },
  body: { orderId, lines: 2 },
  orderKey: orderId,
  command: placeOrder(orderId),
  ...over,
});

const sameId = async ({ check }: PartContext, env: ScratchEnv): Promise<void> => {
  const processes = [openStore(env), openStore(env)];
  const runtimes = processes.map((process) => commandRuntime(env, process));
  const [process] = processes;
  const [runtime] = runtimes;
  if (!process || !runtime) throw new Error('No process');
  try {
    const orderId = newOrderId();
    const sent = request(orderId);
    const answers = await manyAtOnce(sameIdTimes, atOnce, (nth) =>
      handleWaybillCommand(runtimes[nth % runtimes.length] ?? runtime, sent),
    );
    const [first] = answers;
    const alike = answers.filter((answer) => isDeepStrictEqual(answer, first)).length;
    const count = async () => (await process.store.readOrder(orderId)).length;
    const effects = await count();
    check(
      `The same command id ${sameIdTimes} times, ${atOnce} at once, has one effect, and all answers are identical`,
      first?.status === 'accepted' && alike === sameIdTimes && effects === 1,
      { answers: answers.length, identical: alike, events: effects },
    );
    const others: readonly Partial<WaybillRequest>[] = [
      { body: { orderId, lines: 3 } },
      { body: null },
      { actor: { id: 'customer-2', role: 'customer' } },
      { actor: { id: 'customer-1', role: 'support' } },
    ];
    const strangers = await manyAtOnce(others.length * 25, atOnce, (nth) =>
      handleWaybillCommand(runtime, { ...sent, ...others[nth % others.length] }),
    );
    const refused = strangers.filter((answer) => answer.status === 'refused').length;
    check(
      'The same id with another body, or from another actor, is refused and writes nothing',
      refused === strangers.length && (await count()) === 1,
      { sent: strangers.length, refused },
    );
  } finally {
    await Promise.all(processes.map(({ close }) => close()));
  }
};

const otherCuts: readonly [Cut, ...Cut[]] = ['meanwhile', 'before'];

const cutConnections = async ({ size, random, check, say }: PartContext, env: ScratchEnv): Promise<void> => {
  const count = cutsOf[size];
  const proxy = await startCuttingProxy(env.APP_DATABASE_URL);
  const through = openStore(env, { url: proxy.url });
  const straight = openStore(env);
  const runtime = commandRuntime(env, through);
  const tries: number[] = [];
  const odd: string[] = [];
  const orders: OrderId[] = [];
  try {
    await manyAtOnce(count, lanes, async (nth) => {
      const orderId = newOrderId();
      orders.push(orderId);
      const sent = request(orderId);
      // Mostly after the commit; what else can go wrong, too.
      proxy.arm(sent.commandId, nth % 5 === 4 ? random.pick(otherCuts) : 'after-commit');
      let answer: WaybillOutcome | null = null;
      let tried = 0;
      while (answer === null && tried < triesMost) {
        tried += 1;
        try {
          answer = await handleWaybillCommand(runtime, sent);
        } catch {
          // What a browser does: the same command again in a while, under the same id.
          await pause(20);
        }
      }
      tries.push(tried);
      const events = await straight.store.readOrder(orderId);
      const isOnce = answer?.status === 'accepted' && events.length === 1 && isDeepStrictEqual(answer.events, events);
      if (!isOnce) odd.push(`${orderId}: ${answer?.status ?? 'no answer'}, ${events.length} events`);
      if (nth % 250 === 249) say(`${nth + 1} commands, ${tries.length} done`);
    });
    const [row] = await straight.sql<{ events: number; commands: number }[]>`
      select (select count(*) from es.events where order_key = any (${orders})) as events,
        (select count(*) from es.commands as command where exists (
          select from es.events as event
          where event.transaction_id = command.transaction_id and event.order_key = any (${orders})
            and lower(event.metadata ->> 'commandId') = command.command_id::text)) as commands`;
    const cutCount = Object.values(proxy.made).reduce((sum, made) => sum + made, 0);
    check(
      'A connection cut between commit and answer leaves one effect after the retry with the same id, and its answer',
      odd.length === 0 && row?.events === count && row.commands === count && cutCount === count,
      {
        commands: count,
        'cut after the commit': proxy.made['after-commit'],
        'cut meanwhile': proxy.made.meanwhile,
        'cut before': proxy.made.before,
        events: row?.events ?? 0,
        'tries most': Math.max(...tries),
        'tried again': tries.filter((tried) => tried > 1).length,
        ...(odd[0] ? { odd: odd[0] } : {}),
      },
    );
  } finally {
    await Promise.all([through.close(), straight.close()]);
    await proxy.close();
  }
};

export const part: Part = {
  name: 'exactly-once',
  about: 'the same command id many times at once; connections cut between commit and answer',
  sizes: {
    small: `${sameIdTimes} times one id, ${cutsOf.small} cuts`,
    full: `${sameIdTimes} times one id, ${cutsOf.full.toLocaleString('en-US')} cuts`,
  },
  isInTests: true,
  run: (context) =>
    context.withDatabase(async (env) => {
      await sameId(context, env);
      await cutConnections(context, env);
    }),
};
