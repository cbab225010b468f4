import { expect, type Page } from '@playwright/test';
import { v7 } from 'uuid';
import { expectAccessible } from './axe.ts';
import { type DeskOrder, openDesk, placedOrder, rowOf, search } from './support-desk.ts';
import { test } from './test.ts';
import { apiAs, ask, call } from './warehouse-floor.ts';

const three = async (url: string): Promise<readonly [DeskOrder, DeskOrder, DeskOrder]> =>
  Promise.all([placedOrder(url), placedOrder(url), placedOrder(url)]);

/** Selects these orders and leaves the focus on a row. */
const select = async (page: Page, orders: readonly DeskOrder[]): Promise<void> => {
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  for (const order of orders) {
    await rowOf(page, order).focus();
    await page.keyboard.press('x');
  }
  await expect(page.getByRole('toolbar', { name: `${orders.length} selected` })).toBeVisible();
};

const waybillsOf = async (url: string, orders: readonly DeskOrder[]) => {
  const desk = await apiAs(url, 'ines');
  const waybills = await Promise.all(
    orders.map(async ({ orderId }) => (await ask(desk, 'support.order.get', { orderId })).waybill),
  );
  await desk.dispose();
  return waybills;
};
/** Read without a token: what was answered may not be in the row yet, so that it is polled for. */
const stateOf = async (url: string, orders: readonly DeskOrder[]) =>
  (await waybillsOf(url, orders)).map(({ order }) => order);

test('selected orders are tagged and assigned, each for itself, and Z takes it back', async ({ browser, baseURL }) => {
  test.slow();
  const url = baseURL ?? '';
  const orders = await three(url);
  const page = await openDesk(browser, url);
  await select(page, orders);
  const ids = new Set<string>();
  page.on('request', (request) => {
    if (request.url().includes('support.order.tag')) ids.add(request.postDataJSON().commandId);
  });
  await expectAccessible(page, 'bulk bar');
  await page.keyboard.press('t');
  await page.keyboard.type(`batch ${orders[0].orderId.slice(-6)}`);
  await page.keyboard.press('Enter');
  const tag = `batch-${orders[0].orderId.slice(-6)}`;
  const result = page.getByRole('region', { name: 'Result' });
  await expect(result).toContainText(`3 orders tagged ${tag}`);
  expect(ids.size).toBe(3);
  await expect.poll(async () => (await stateOf(url, orders)).map(({ tags }) => tags)).toEqual([[tag], [tag], [tag]]);
  // The selection survives a search that shows none of them, and says so.
  await search(page, 'nobody-is-called-0-this');
  await expect(page.getByText('3 not in this list')).toBeVisible();
  await search(page, '');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('row').and(page.locator(':focus'))).toBeVisible();
  await page.keyboard.press('a');
  await page.keyboard.type('me');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Result' })).toContainText('3 orders assigned to Inês Sousa');
  await expect(page.getByRole('listitem').filter({ hasText: '3 orders assigned' }).getByText('Undo')).toBeVisible();
  await page.keyboard.press('z');
  await expect(page.getByRole('region', { name: 'Result' })).toContainText('3 orders back with whoever had them');
  await expect
    .poll(async () => (await stateOf(url, orders)).map(({ assignee }) => assignee))
    .toEqual([null, null, null]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('toolbar')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Result' })).toBeHidden();
  // From the row that was selected last to this one.
  await rowOf(page, orders[0]).focus();
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Shift+X');
  await expect(page.getByRole('toolbar', { name: '3 selected' })).toBeVisible();
});

test('canceling asks once with number and amount; what is refused and what fails says so, and is tried again', async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const url = baseURL ?? '';
  const orders = await three(url);
  const [fine, picked, lost] = orders;
  const floor = await apiAs(url, 'rui');
  const [{ fulfillments }] = await waybillsOf(url, [picked]);
  const [fulfillmentId] = Object.keys(fulfillments);
  const page = await openDesk(browser, url);
  await select(page, orders);
  await call(floor, 'warehouse.fulfillment.startPicking', { fulfillmentId, orderId: picked.orderId, commandId: v7() });
  await floor.dispose();
  const sent: string[] = [];
  await page.route('**/api/trpc/support.order.cancel**', (route) => {
    const { orderId, commandId } = route.request().postDataJSON();
    if (orderId !== lost.orderId) return route.continue();
    sent.push(commandId);
    return sent.length === 1 ? route.abort() : route.continue();
  });
  await page.keyboard.press('c');
  const dialog = page.getByRole('alertdialog', { name: /^Cancel 3 orders for €/ });
  await expect(dialog.getByRole('button', { name: 'Keep them as they are' })).toBeFocused();
  await expect(dialog.getByLabel('Reason')).toHaveAccessibleDescription('The customers read it.');
  await dialog.getByRole('button', { name: 'Cancel 3 orders' }).click();
  const result = page.getByRole('region', { name: 'Result' });
  await expect(result).toContainText(`${fine.orderNumber} canceled, 1 refused, 1 failed`);
  const line = (order: DeskOrder) => result.getByRole('listitem').filter({ hasText: order.orderNumber });
  await expect(line(picked)).toContainText('Refused. The warehouse has begun');
  await expect(line(lost)).toContainText('It may or may not be recorded. Retry is safe. Waybill can’t be reached.');
  await expectAccessible(page, 'result with trouble');
  await line(lost).getByRole('button', { name: 'Retry' }).click();
  await expect(result).toContainText('2 orders canceled, 1 refused');
  expect(new Set(sent).size).toBe(1);
  await expect
    .poll(async () => (await stateOf(url, orders)).map(({ status }) => status))
    .toEqual(['canceled', 'confirmed', 'canceled']);
  await expect(rowOf(page, picked)).toContainText('Picking');
});

test('orders are held together, on a phone too, and released together', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const orders = await three(url);
  const page = await openDesk(browser, url, '/support', true);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  for (const order of orders) await rowOf(page, order).getByRole('checkbox').click();
  await page.getByRole('toolbar').getByRole('button', { name: 'Hold' }).click();
  await page.getByLabel('Reason').fill('Fraud check');
  await page.keyboard.press('Enter');
  for (const order of orders) await expect(rowOf(page, order)).toContainText('Fraud check');
  await expectAccessible(page, 'bulk bar on a phone');
  await page.getByRole('toolbar').getByRole('button', { name: 'Release hold' }).click();
  await expect(page.getByRole('region', { name: 'Result: released' })).toContainText('3 orders released');
  for (const order of orders) await expect(rowOf(page, order)).not.toContainText('Fraud check');
  const undone = page.getByRole('region', { name: 'Result: on hold again' });
  await page
    .getByRole('listitem')
    .filter({ hasText: '3 orders released' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(undone).toContainText('3 orders on hold again');
  for (const order of orders) await expect(rowOf(page, order)).toContainText('Fraud check');
});
