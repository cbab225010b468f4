import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { catalog } from '#db/seed/catalog.ts';
import { type Customer, guestOrder, openCustomer } from '../customer.ts';
import { checkJournal, outcomesOf } from '../journal.ts';
import { recovery } from '../kills.ts';
import type { Part, PartContext } from '../part.ts';
import { type Product, until, withProduct } from '../product.ts';
import { receive } from '../stock.ts';
import { openStore, type StoreProcess } from '../store.ts';

const roundsOf = { small: 1, full: 5 };
const clients = 24;
const streamCount = 20;
const secondsMost = 20;

type Stream = { status: 'open' | 'ended' | 'cut'; text: string };

/** Follows an order live, as its page does. */
const follow = (origin: string, orderId: string, link: string): Stream => {
  const stream: Stream = { status: 'open', text: '' };
  const input = encodeURIComponent(JSON.stringify({ orderId, link }));
  const sent = get(
    `${origin}/api/trpc/live.order?input=${input}`,
    { headers: { accept: 'text/event-stream' } },
    (res) => {
      res.on('data', (chunk: Buffer) => {
        stream.text += chunk.toString();
      });
      res.on('end', () => {
        stream.status = 'ended';
      });
      res.on('error', () => {
        stream.status = 'cut';
      });
    },
  );
  sent.on('error', () => {
    stream.status = 'cut';
  });
  return stream;
};

const isGone = async (pid: number): Promise<boolean> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat === '' || /\) Z /.test(stat);
};

/** SIGTERM, and how long the process took to go, in ms. */
const terminate = async (product: Product, name: 'web' | 'worker'): Promise<number> => {
  const pid = await product.pidOf(name);
  if (pid === null) throw new Error(`There is no ${name}`);
  const beganAt = performance.now();
  process.kill(pid, 'SIGTERM');
  await until(`${name} is gone`, 40, () => isGone(pid));
  return performance.now() - beganAt;
};

const round = async (product: Product, customer: Customer, store: StoreProcess, card: string) => {
  const sku = catalog[0]?.sku ?? '';
  let isOver = false;
  const client = async (nth: number): Promise<void> => {
    while (!isOver) {
      await customer.command('shop.placeOrder', guestOrder(nth, card, [{ sku, quantity: 1 }]));
      await delay(250);
    }
  };
  const placed = await customer.command('shop.placeOrder', guestOrder(0, card, [{ sku, quantity: 1 }]));
  const { link } = placed.answer.data as { link: string };
  await until('the order’s page knows', 20, async () => {
    const { status } = await customer.query('shop.order.get', { orderId: placed.note.orderId, link });
    return status === 200;
  });
  const streams = Array.from({ length: streamCount }, () => follow(product.origin, placed.note.orderId, link));
  await until('the streams are open', 20, async () => streams.every(({ text }) => text !== ''));
  const load = Array.from({ length: clients }, (_, nth) => client(nth));
  await delay(1_000);
  const webMs = await terminate(product, 'web');
  await recovery(product, customer, store, card);
  const workerMs = await terminate(product, 'worker');
  await recovery(product, customer, store, card);
  isOver = true;
  await Promise.all(load);
  return { streams, webMs, workerMs };
};

const attack = async ({ size, check }: PartContext, product: Product): Promise<void> => {
  const store = openStore(product.env, { role: 'worker', max: 2 });
  const customer = openCustomer(product.origin, clients + 8);
  try {
    await receive(product.env, store, [{ sku: catalog[0]?.sku ?? '', warehouse: 'OPO', quantity: 1_000_000 }]);
    const card = await customer.cardToken();
    const rounds = [];
    for (let nth = 0; nth < roundsOf[size]; nth += 1) rounds.push(await round(product, customer, store, card));
    const orderIds = customer.journal.map(({ orderId }) => orderId);
    await until('every order is decided', 60, async () => (await outcomesOf(store.sql, orderIds)).undecided === 0);
    const journal = await checkJournal(store.sql, customer.journal);
    const streams = rounds.flatMap((one) => one.streams);
    const closed = streams.filter(({ status, text }) => status === 'ended' && text.endsWith('retry: 1000\n\n'));
    const slowestMs = Math.max(...rounds.flatMap(({ webMs, workerMs }) => [webMs, workerMs]));
    // Refused is not accepted: nobody listens for a moment. Whoever was let in gets an answer.
    const dropped = [...customer.troubles].filter(([what]) => what !== 'ECONNREFUSED');
    check(
      'No accepted request is dropped: none is reset, hung up on, or answered with an error',
      dropped.length === 0,
      {
        commands: journal.commands,
        ...Object.fromEntries(customer.troubles),
      },
    );
    check('Every acknowledged command is present', journal.missing.length === 0, { events: journal.events });
    check('Streams of updates end in order, with a hint when to come back', closed.length === streams.length, {
      streams: streams.length,
      closed: closed.length,
      ...(closed.length < streams.length
        ? { odd: JSON.stringify(streams.find((one) => !closed.includes(one))).slice(-200) }
        : {}),
    });
    check(`Web and worker are gone within ${secondsMost} s`, slowestMs < secondsMost * 1_000, {
      'slowest s': Number((slowestMs / 1_000).toFixed(1)),
    });
    const codes = product.lastWords().match(/(web|worker) ended with code \d+/g) ?? [];
    check(
      'They end with code 0, of their own accord',
      codes.every((line) => line.endsWith('code 0')) && codes.length > 0,
      {
        ended: codes.join(', '),
      },
    );
  } finally {
    customer.close();
    await store.close();
  }
};

export const part: Part = {
  name: 'sigterm',
  about: 'SIGTERM to web and worker while orders are placed and followed live',
  sizes: { small: `${roundsOf.small} each`, full: `${roundsOf.full} each` },
  isInTests: false,
  run: (context) => withProduct(context.folder, context.say, (product) => attack(context, product)),
};
