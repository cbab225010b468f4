// How long the desk takes from a key to the next paint (INP: event timing's durations, p98 over all keys), in Chromium,
// signed in, over the 99,441 imported orders (made up ones where Olist's files are absent; the output says which), while
// customers go on ordering. An agent types searches over the whole import, and works through orders of today by keys
// alone: hold, release, tag, note, assign, undo, J and K. Keys come at a person's pace. BENCH_PROFILE=<file> writes what
// the page's processor did (a .cpuprofile for Chromium's DevTools).
import { writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { closeSql, openSql } from '#db/clients.ts';
import { demoAccounts } from '#db/seed/demo-accounts.ts';
import { buildWhenStale } from '../scripts/build.ts';
import { ensureChromium } from '../scripts/chromium.ts';
import type { BenchContext, Figures } from './context.ts';
import { orderMeanwhile, type PlacedOrder, placeOrders } from './desk-calls.ts';
import { fillDesk, importedCount } from './full-desk.ts';
import { startHouse, until } from './house.ts';
import { durations, type Interaction, takeInteractions, watchInteractions } from './interactions.ts';
import { percentile } from './measure.ts';
import { stockUp } from './orders.ts';
import { createMix, sampleOrders } from './search-mix.ts';

export const name = 'interaction';
export const about = 'from key to next paint at the desk over 99,441 orders: typing searches, optimistic actions';

const orderCount = Number(process.env.BENCH_ORDERS ?? importedCount);
const searches = Number(process.env.BENCH_SEARCHES ?? 40);
const handledOrders = Number(process.env.BENCH_HANDLED ?? 16);
const ordersPerSecond = Number(process.env.BENCH_WRITES ?? 2);
/** Between two keys of somebody who types fast; a key is down for some of it. */
const keyMs = { between: 60, down: 30 };

/** Keys pressed one after the other, counted: each is an interaction. */
const createHands = (page: Page) => {
  let pressed = 0;
  const press = async (key: string): Promise<void> => {
    pressed += 1;
    await page.keyboard.press(key, { delay: keyMs.down });
    await pause(keyMs.between);
  };
  return {
    press,
    type: async (text: string): Promise<void> => {
      for (const letter of text) await press(letter === ' ' ? 'Space' : letter);
    },
    taken: (): number => {
      const taken = pressed;
      pressed = 0;
      return taken;
    },
  };
};

type Hands = ReturnType<typeof createHands>;

const grid = (page: Page) => page.getByRole('grid', { name: 'Orders' });

const typeSearches = async (
  page: Page,
  hands: Hands,
  questions: readonly string[],
): Promise<readonly Interaction[]> => {
  await takeInteractions(page);
  for (const question of questions) {
    await hands.press('/');
    await hands.type(question);
    await untilThere(page, '[role=grid]:not(.opacity-80)');
    // Whoever has found something looks at it; then the box is emptied.
    await pause(300);
    await hands.press('Escape');
    await pause(100);
  }
  return takeInteractions(page);
};

/**
 * Waits without the driver's own way of looking for elements, which works out roles on the page's thread, frame by frame,
 * just when the keys that are measured are waiting.
 */
const untilThere = async (page: Page, selector: string, isThere = true): Promise<void> => {
  await page.waitForFunction(([css, wanted]) => (document.querySelector(css) !== null) === wanted, [
    selector,
    isThere,
  ] as const);
};

/** All that an agent does to one order, by key; the order is open and has the focus. */
const handle = async (page: Page, hands: Hands, nth: number): Promise<void> => {
  const inDialog = async (key: string, text: string, done = 'Enter') => {
    await hands.press(key);
    await untilThere(page, '[role=dialog] :is(input, textarea):focus');
    await hands.type(text);
    await hands.press(done);
    await untilThere(page, '[role=dialog]', false);
  };
  await inDialog('h', 'Address check');
  await inDialog('t', `tag${nth}`);
  await inDialog('n', 'Ring twice', 'Control+Enter');
  await inDialog('a', 'me');
  await hands.press('h');
  await hands.press('z');
};

const workThrough = async (
  page: Page,
  hands: Hands,
  orders: readonly PlacedOrder[],
): Promise<readonly Interaction[]> => {
  const acted: Interaction[] = [];
  for (const [nth, { orderNumber }] of orders.entries()) {
    await page.getByRole('searchbox', { name: 'Search orders' }).fill(orderNumber);
    await grid(page).getByRole('row').filter({ hasText: orderNumber }).click();
    const order = page.getByRole('article', { name: `Order ${orderNumber}` });
    await order.waitFor();
    await page.getByRole('searchbox', { name: 'Search orders' }).fill('');
    await order.focus();
    await untilThere(page, '[role=grid]:not(.opacity-80)');
    // Whoever has opened an order reads it first. The driver's own keys, by which it was opened, are nobody's action.
    await pause(300);
    await takeInteractions(page);
    await handle(page, hands, nth);
    for (const key of ['j', 'j', 'j', 'k', 'j', 'k']) await hands.press(key);
    acted.push(...(await takeInteractions(page)));
  }
  return acted;
};

/** The processor's samples of the page, where somebody wants them. */
const profiled = async (page: Page, work: () => Promise<void>): Promise<void> => {
  const file = process.env.BENCH_PROFILE;
  if (!file) return work();
  const session = await page.context().newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 500 });
  await session.send('Profiler.start');
  await work();
  const { profile } = await session.send('Profiler.stop');
  await writeFile(file, JSON.stringify(profile));
};

const openDesk = async (origin: string, executablePath: string) => {
  const person = demoAccounts.find(({ role }) => role === 'support');
  if (!person) throw new Error('There is no agent');
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  const context = await browser.newContext({ baseURL: origin, viewport: { width: 1440, height: 900 } });
  const { email, password } = person;
  await context.request.post('/api/auth/sign-in/email', { data: { email, password }, headers: { origin } });
  const page = await context.newPage();
  await watchInteractions(page);
  await page.goto('/support?view=all', { waitUntil: 'domcontentloaded' });
  await page.getByText('Live', { exact: true }).waitFor();
  await grid(page).getByRole('row').nth(5).waitFor();
  return { browser, page };
};

const round = (ms: number) => Math.round(ms * 10) / 10;

export const run = async (context: BenchContext): Promise<Figures> => {
  const { env, say } = context;
  const executablePath = await ensureChromium();
  await buildWhenStale(say);
  const sql = openSql(env.DATABASE_URL, { max: 4, applicationName: 'bench', transactionTimeoutMs: 0 });
  await stockUp(sql, context);
  const orders = await fillDesk(sql, orderCount, context);
  const house = await startHouse(context);
  try {
    const today = await placeOrders(house, handledOrders + 1, 1);
    // The worker's processes look through what was imported before they come to these.
    await until('the orders of today are with their warehouses', 600, async () => {
      const ids = today.map(({ orderId }) => orderId);
      const [row] = await sql<{ open: number }[]>`
        select count(*)::int as open from read.order_search_v2
        where order_key = any (${ids}::uuid[]) and fulfillment_status = 'open'`;
      return row?.open === today.length;
    });
    const next = createMix(await sampleOrders(sql), 7);
    const questions = Array.from({ length: searches + 3 }, () => next().input.q).filter((q) => q !== '');
    const { browser, page } = await openDesk(house.origin, executablePath);
    try {
      const stopOrders = orderMeanwhile(house, ordersPerSecond);
      const hands = createHands(page);
      const measured = async (what: string, work: () => Promise<readonly Interaction[]>) => {
        hands.taken();
        const reported = await work();
        for (const each of reported.toSorted((a, b) => b.durationMs - a.durationMs).slice(0, 4))
          say(slowOf(what, each));
        return durations(reported, hands.taken());
      };
      // What a browser does once: compile what is pressed first.
      await typeSearches(page, hands, questions.slice(0, 3));
      await workThrough(page, hands, today.slice(0, 1));
      say(
        `warm; ${searches} searches are typed, ${handledOrders} orders handled, ${ordersPerSecond} orders/s placed …`,
      );
      let [typed, acted]: (readonly number[])[] = [[], []];
      await profiled(page, async () => {
        typed = await measured('search', () => typeSearches(page, hands, questions.slice(3)));
        acted = await measured('action', () => workThrough(page, hands, today.slice(1)));
      });
      const placed = await stopOrders();
      return {
        orders,
        optimisticInpMs: round(percentile(acted ?? [], 0.98)),
        optimisticP75Ms: round(percentile(acted ?? [], 0.75)),
        optimisticWorstMs: Math.max(...(acted ?? [])),
        optimisticInteractions: acted?.length ?? 0,
        searchInpMs: round(percentile(typed ?? [], 0.98)),
        searchP75Ms: round(percentile(typed ?? [], 0.75)),
        searchWorstMs: Math.max(...(typed ?? [])),
        searchInteractions: typed?.length ?? 0,
        ordersMeanwhile: placed,
      };
    } finally {
      await browser.close();
    }
  } finally {
    await house.stop();
    await closeSql(sql);
  }
};

const slowOf = (what: string, { type, key, durationMs, inputDelayMs, processingMs, atMs }: Interaction): string =>
  `slowest: ${durationMs} ms ${what} (${type} ${key}: ${round(inputDelayMs)} before, ${round(processingMs)} in its handlers), ${round(atMs / 1_000)} s in`;
