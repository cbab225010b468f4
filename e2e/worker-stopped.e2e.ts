import { expect, type Page } from '@playwright/test';
import { buy, newCustomer } from './shop-buyer.ts';
import { whileWorkerStopped } from './stopped-worker.ts';
import { placedOrder, rowOf, search } from './support-desk.ts';
import { test } from './test.ts';
import { pageAs, teaCup } from './warehouse-floor.ts';

const timeline = (page: Page) => page.getByRole('list', { name: 'Timeline' });

/** Nothing of the order is under way any more: the last thing that happens by itself is its mail. */
const isQuiet = (page: Page) => expect(timeline(page)).toContainText('Mail sent', { timeout: 20_000 });

const recorded = (page: Page, procedure: string) =>
  page.waitForResponse((response) => response.url().includes(procedure) && response.ok());

test('while no projection goes on, an agent’s changes stay pending; when it does, they settle by themselves', async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  // Not Ana, who has chosen another sort by now.
  const page = await pageAs(browser, url, 'ines');
  await page.goto(`/support?view=all&order=${order.orderId}`, { waitUntil: 'domcontentloaded' });
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 20_000 });
  await isQuiet(page);
  const fresh = await page.context().newPage();
  const notes = page.getByRole('region', { name: 'Notes' });
  const pencilTag = page.getByRole('article').getByRole('button', { name: 'Remove tag urgent' });

  await whileWorkerStopped(async () => {
    await page.keyboard.press('h');
    await page.getByLabel('Reason').fill('Address check');
    const held = recorded(page, 'support.order.placeHold');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Syncing 1 change')).toBeVisible();
    await expect(page.getByText('On hold: Address check')).toBeVisible();
    await expect(rowOf(page, order)).toContainText('Placing hold');
    await held;

    await page.keyboard.press('t');
    await expect(page.getByRole('combobox', { name: 'Tag' })).toBeFocused();
    await page.keyboard.type('urgent');
    const tagged = recorded(page, 'support.order.tag');
    await page.keyboard.press('Enter');
    await expect(pencilTag).toBeVisible();
    await tagged;
    await page.keyboard.press('n');
    const noted = recorded(page, 'support.order.addNote');
    await page.getByLabel('Note', { exact: true }).fill('Ring twice.');
    await page.keyboard.press('Control+Enter');
    await expect(notes).toContainText('Ring twice.');
    await noted;

    // Recorded, told to be behind, and still in pencil: strip, list, detail and timeline.
    await expect(page.getByText('Shown as of')).toBeVisible();
    await expect(page.getByText('Syncing 3 changes')).toBeVisible();
    await expect(rowOf(page, order)).toContainText('Adding note');
    await expect(notes.getByText('Syncing')).toBeVisible();
    for (const words of ['Hold placed', 'Tagged urgent', 'Note added'])
      await expect(timeline(page)).toContainText(new RegExp(`Not settled yet: ${words}`));

    // Another list, and the order closed: its line is in pencil all the same.
    await search(page, order.email);
    await expect(rowOf(page, order)).toContainText('Adding note');
    await page.getByRole('article', { name: `Order ${order.orderNumber}` }).focus();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('article')).toBeHidden();
    await expect(rowOf(page, order)).toContainText('Adding note');
    await expect(page.getByText('Syncing 3 changes')).toBeVisible();

    // A page that knows of the changes by its token alone shows what there is, and that it is behind.
    await fresh.goto(`/support?view=all&q=${order.email}&order=${order.orderId}`, { waitUntil: 'domcontentloaded' });
    await expect(rowOf(fresh, order)).toBeVisible();
    await expect(fresh.getByText('Shown as of')).toBeVisible();
    await expect(fresh.getByText('On hold: Address check')).toHaveCount(0);

    // The counterpart, a browser without the token: the same page is as old there, and nothing says so.
    const forgetful = await pageAs(browser, url, 'ines');
    await forgetful.goto(`/support?view=all&q=${order.email}&order=${order.orderId}`, {
      waitUntil: 'domcontentloaded',
    });
    await expect(rowOf(forgetful, order)).toBeVisible();
    await expect(timeline(forgetful)).toContainText('Order placed');
    await expect(rowOf(forgetful, order)).not.toContainText('Address check');
    await expect(forgetful.getByText('Shown as of')).toHaveCount(0);
    await forgetful.context().close();
  });

  for (const each of [page, fresh]) {
    await expect(rowOf(each, order)).toContainText('Address check', { timeout: 20_000 });
    await expect(each.getByText('Syncing')).toHaveCount(0);
    await expect(each.getByText('Shown as of')).toHaveCount(0);
  }
  await expect(fresh.getByText('On hold: Address check')).toBeVisible();
  await expect(timeline(fresh)).not.toContainText('Not settled yet');
  await expect(timeline(fresh)).toContainText('Tagged urgent');
});

test('while no projection goes on, a customer’s cancellation stays pending; when it does, it settles by itself', async ({
  page,
  baseURL,
}) => {
  const order = await placedOrder(baseURL ?? '');
  await page.goto(`/orders/${order.orderId}?link=${order.link}`);
  const cancel = page.getByRole('button', { name: 'Cancel the order' });
  await expect(cancel).toBeVisible();
  await expect(page.getByText('Order confirmation').first()).toBeVisible({ timeout: 20_000 });
  const title = page.getByRole('heading', { level: 1 });

  await whileWorkerStopped(async () => {
    const canceled = recorded(page, 'shop.order.cancel');
    await cancel.click();
    await page.getByRole('button', { name: `Cancel order ${order.orderNumber}` }).click();
    await expect(title).toHaveText('Canceled');
    await canceled;
    await expect(page.getByText('Shown as of')).toBeVisible();
    await expect(page.getByText('Syncing 1 change')).toBeVisible();
    await expect(title).toHaveText('Canceled');
    await page.reload();
    await expect(page.getByText('Shown as of')).toBeVisible();
  });

  await expect(title).toHaveText('Canceled', { timeout: 20_000 });
  await expect(page.getByText('Syncing')).toHaveCount(0);
  await expect(page.getByText('Shown as of')).toHaveCount(0);
});

test('while no projection goes on, a customer’s orders say of when they are; then the new one is among them', async ({
  page,
  baseURL,
}) => {
  await newCustomer(page.request, baseURL ?? '');
  await whileWorkerStopped(async () => {
    await buy(page, [{ sku: teaCup, quantity: 1 }], 'approved');
    await page.goto('/orders');
    await expect(page.getByText('Shown as of')).toBeVisible();
    await expect(page.getByText('Newer changes are on their way.')).toBeVisible();
  });
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(1, { timeout: 20_000 });
  await expect(page.getByText('Shown as of')).toHaveCount(0);
});
