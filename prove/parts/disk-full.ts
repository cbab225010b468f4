import { execFile } from 'node:child_process';
import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { catalog } from '#db/seed/catalog.ts';
import { warehouses } from '#db/seed/warehouses.ts';
import { caughtUp } from '#server/runtime/testing/worker-rig.ts';
import { type Answer, guestOrder, openCustomer } from '../customer.ts';
import { checkJournal, outcomesOf } from '../journal.ts';
import { recovery } from '../kills.ts';
import { startLoad } from '../load.ts';
import { CannotRun, type Part, type PartContext } from '../part.ts';
import { type Product, until, withProduct } from '../product.ts';
import { compareWithReplay } from '../replay.ts';
import { receive } from '../stock.ts';
import { openStore } from '../store.ts';

const run = promisify(execFile);
const diskMegabytes = 700;
const fullForMs = { small: 6_000, full: 20_000 };

/** Writes until there are only `leave` bytes left. */
const fill = async (file: string, folder: string, leave: number): Promise<void> => {
  const handle = await open(file, 'a');
  try {
    for (;;) {
      const { bavail, bsize } = await statfs(folder);
      const room = bavail * bsize - leave;
      if (room <= 0) return;
      await handle.write(Buffer.alloc(Math.min(room, 4 * 1024 * 1024)));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    await handle.close();
  }
};

type Seen = { readonly mutation: Answer | null; readonly health: string; readonly read: number };

const look = async (product: Product, customer: ReturnType<typeof openCustomer>, card: string): Promise<Seen> => {
  const sku = catalog[0]?.sku ?? '';
  const [mutation, health, read] = await Promise.all([
    customer.post('shop.placeOrder', guestOrder(1, card, [{ sku, quantity: 1 }])).catch(() => null),
    product.health(),
    customer.query('shop.catalog.categories', undefined).then(
      ({ status }) => status,
      () => 0,
    ),
  ]);
  return { mutation, health: health.status, read };
};

const attack = async (context: PartContext, product: Product): Promise<void> => {
  const { size, check, say, random, folder } = context;
  const store = openStore(product.env, { role: 'worker', max: 3 });
  const customer = openCustomer(product.origin);
  const filler = join(folder, 'filler');
  try {
    await receive(
      product.env,
      store,
      catalog.flatMap(({ sku }) => warehouses.map(({ code }) => ({ sku, warehouse: code, quantity: 100_000 }))),
    );
    const card = await customer.cardToken();
    const load = await startLoad({
      customer,
      store,
      random,
      ordersPerSecond: 20,
      shipmentsPerSecond: 2,
      storiesPerSecond: 0,
    });
    try {
      // Once until it is nearly full, and once to the last byte, at once.
      for (const [how, leave] of [
        ['nearly full', 48 * 1024 * 1024],
        ['full to the last byte', 0],
      ] as const) {
        await delay(2_000);
        await fill(filler, folder, leave);
        const seen: Seen[] = [];
        const end = performance.now() + fullForMs[size];
        // A moment to notice.
        await delay(1_500);
        while (performance.now() < end) {
          seen.push(await look(product, customer, card));
          await delay(300);
        }
        await rm(filler, { force: true });
        const beganAt = performance.now();
        const tookMs = await recovery(product, customer, store, card);
        const told = seen.filter(
          ({ mutation }) =>
            mutation?.status === 503 && mutation.error?.words.startsWith('Waybill can read but not record now'),
        );
        const states = [...Map.groupBy(seen, ({ health }) => health)].map(([state, all]) => `${state} ${all.length}`);
        check(
          `${how}: commands are refused with 503, in words that say why`,
          seen.length > 0 && told.length === seen.length,
          {
            tries: seen.length,
            told: told.length,
            otherwise: seen.find((one) => !told.includes(one))?.mutation?.error?.words ?? '',
          },
        );
        check(
          `${how}: health says read-only (which the banner shows), and reads go on`,
          seen.every(({ health, read }) => health === 'read-only' && read === 200),
          { health: states.join(', '), 'reads answered': seen.filter(({ read }) => read === 200).length },
        );
        check(`${how}: it recovers by itself within 15 s of there being room`, tookMs < 15_000 && !product.hasEnded(), {
          s: Number((tookMs / 1_000).toFixed(1)),
        });
        say(`${how}: ${states.join(', ')}; back after ${((performance.now() - beganAt) / 1_000).toFixed(1)} s`);
      }
      await load.pause();
      const orderIds = customer.journal.filter(({ path }) => path === 'shop.placeOrder').map(({ orderId }) => orderId);
      await until('every order is decided', 90, async () => (await outcomesOf(store.sql, orderIds)).undecided === 0);
      await caughtUp(store.sql, undefined, 60_000);
      const journal = await checkJournal(store.sql, customer.journal);
      check('Nothing acknowledged is lost', journal.missing.length === 0 && load.failure() === null, {
        commands: journal.commands,
        events: journal.events,
        missing: journal.missing.length,
      });
      const replayed = await compareWithReplay(product, product.env, store.codec);
      check('Every read table equals a full replay', Object.keys(replayed.differing).length === 0, {
        rows: replayed.rows,
        ...replayed.differing,
      });
    } finally {
      await rm(filler, { force: true });
      await load.stop();
    }
  } finally {
    customer.close();
    await store.close();
  }
};

export const part: Part = {
  name: 'disk-full',
  about: 'the database’s disk (a tmpfs) is filled under load, nearly and then wholly, and emptied again',
  sizes: {
    small: `${diskMegabytes} MB, ${fullForMs.small / 1_000} s each`,
    full: `${diskMegabytes} MB, ${fullForMs.full / 1_000} s each`,
  },
  isInTests: false,
  run: async (context) => {
    const { folder, say } = context;
    await mkdir(folder, { recursive: true });
    await run('mount', ['-t', 'tmpfs', '-o', `size=${diskMegabytes}m,mode=0711`, 'tmpfs', folder]).catch(
      (error: Error) => {
        throw new CannotRun(
          `A tmpfs of limited size can't be mounted here: ${error.message.split('\n').at(-2) ?? error.message}`,
        );
      },
    );
    try {
      await withProduct(folder, say, (product) => attack(context, product));
    } finally {
      await run('umount', ['-l', folder]);
    }
  },
};
