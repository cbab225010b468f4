import { expect, type Page } from '@playwright/test';
import { v7 } from 'uuid';
import { hold, openDesk, openOrder, placedOrder, rowOf, search } from './support-desk.ts';
import { test } from './test.ts';
import { apiAs, call } from './warehouse-floor.ts';

const show = (page: Page, view: string) => page.getByRole('button', { name: new RegExp(`^${view}`) }).click();

const holdIt = async (page: Page, reason: string): Promise<void> => {
  // A page that has just been loaded hears no key yet.
  await expect(async () => {
    await page.keyboard.press('h');
    await expect(page.getByLabel('Reason')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await page.getByLabel('Reason').fill(reason);
  await page.keyboard.press('Enter');
};

test('a view that was seen before has an order that was held since, at once', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const page = await openOrder(browser, url, order);
  await show(page, 'Holds');
  await expect(rowOf(page, order)).toHaveCount(0);
  await show(page, 'All open');
  await expect(rowOf(page, order)).toBeVisible();
  await holdIt(page, 'Address check');
  await show(page, 'Holds');
  await expect(rowOf(page, order)).toContainText('Address check');
  await show(page, 'All open');
  await page.keyboard.press('z');
  await show(page, 'Holds');
  await expect(rowOf(page, order)).toHaveCount(0);
});

test('a search that was asked for while the change was on its way has it once it is recorded', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const page = await openOrder(browser, url, order);
  // What it is told must not be what brings it.
  await page.route('**/api/trpc/support.orders.live**', (route) => route.abort());
  await page.reload({ waitUntil: 'domcontentloaded' });
  await expect(rowOf(page, order)).toBeVisible();
  const letGo = await hold(page, 'support.order.placeHold');
  await page.getByRole('article').focus();
  await holdIt(page, 'Fraud check');
  await search(page, `hold:"fraud check" ${order.orderNumber} `);
  await expect(rowOf(page, order)).toHaveCount(0);
  letGo();
  await expect(rowOf(page, order)).toContainText('Fraud check');
});

test('an order that a colleague holds is offered in the holds, and is there after a hidden tab comes back', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const [first, second, other] = [await placedOrder(url), await placedOrder(url), await placedOrder(url)];
  const page = await openDesk(browser, url, '/support?view=holds');
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 20_000 });
  const ana = await apiAs(url, 'ana');
  const holdFor = ({ orderId }: typeof first) =>
    call(ana, 'support.order.placeHold', { orderId, commandId: v7(), holdId: v7(), reason: 'Address check' });
  await holdFor(first);
  // Offered, not thrown in; an order that is on no hold is no reason to offer anything.
  await page.getByRole('button', { name: /^\d+ new$/ }).click();
  await expect(rowOf(page, first)).toBeVisible();
  await expect(rowOf(page, other)).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^\d+ new$/ })).toHaveCount(0);

  const turn = (state: 'hidden' | 'visible') =>
    page.evaluate((visibility) => {
      Object.defineProperty(document, 'visibilityState', { value: visibility, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await turn('hidden');
  await holdFor(second);
  await ana.dispose();
  await turn('visible');
  await expect(rowOf(page, second)).toBeVisible();
});

test('what a colleague does while a search is on its way is in it when it comes', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const page = await openDesk(browser, url, '/support?view=all');
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 20_000 });
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let isRead = false;
  await page.route('**/api/trpc/support.orders.search**', async (route) => {
    const response = await route.fetch();
    isRead = true;
    await held;
    await route.fulfill({ response });
  });
  await search(page, order.email);
  await expect.poll(() => isRead).toBe(true);
  const ana = await apiAs(url, 'ana');
  // The page asks for it again where it stood, before the search is answered.
  const heard = page.waitForResponse((response) => response.url().includes('support.orders.rows'));
  await call(ana, 'support.order.placeHold', {
    orderId: order.orderId,
    commandId: v7(),
    holdId: v7(),
    reason: 'Address check',
  });
  await ana.dispose();
  await heard;
  letGo();
  await expect(rowOf(page, order)).toContainText('Address check');
});
