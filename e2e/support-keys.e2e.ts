import { expect } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { openDesk, openOrder, placedOrder, rowOf, search } from './support-desk.ts';
import { test } from './test.ts';
import { pageAs } from './warehouse-floor.ts';

test('the palette finds an order, does what the keys do, and says why something can’t be done', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const page = await openDesk(browser, url);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.keyboard.press('j');
  const focused = page.getByRole('row').nth(1);
  await expect(focused).toBeFocused();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await page.keyboard.type(order.orderNumber);
  await expect(palette.getByRole('option', { name: order.orderNumber })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(focused).toBeFocused();
  // Faster than any answer: Enter means what was typed, not what an earlier wording had found.
  await page.keyboard.press('Control+k');
  await page.keyboard.type(order.orderNumber);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: order.orderNumber })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('Order placed');
  // Not the row, which is another order: the keys mean this one now.
  await expect(page.getByRole('article', { name: `Order ${order.orderNumber}` })).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(palette).toContainText(`On ${order.orderNumber}`);
  await expect(palette.getByRole('option', { name: 'Refund' })).toContainText('the card is charged on shipping');
  await expect(palette.getByRole('option', { name: 'Refund' })).toHaveAttribute('aria-disabled', 'true');
  await expectAccessible(page, 'palette with actions');
  await page.keyboard.type('hol');
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Reason')).toBeFocused();
  await page.keyboard.type('Address check');
  await page.keyboard.press('Enter');
  await expect(page.getByText('On hold: Address check')).toBeVisible();
  await page.keyboard.press('z');
  await expect(page.getByText('On hold: Address check')).toBeHidden();
});

test('tags and assigning by key; Z undoes the newest; the list of keys has them all', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const page = await openOrder(browser, url, order);
  const header = page.getByRole('article', { name: `Order ${order.orderNumber}` });
  await page.keyboard.press('t');
  await expect(page.getByRole('combobox', { name: 'Tag' })).toBeFocused();
  await expectAccessible(page, 'tag dialog');
  await page.keyboard.type('Very Important');
  await page.keyboard.press('Enter');
  await expect(header.getByRole('button', { name: 'Remove tag very-important' })).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByRole('combobox', { name: 'Colleague' })).toBeFocused();
  await page.keyboard.type('me');
  await page.keyboard.press('Enter');
  await expect(header.getByRole('button', { name: 'Assigned to Inês Sousa' })).toBeVisible();
  // Of two toasts the newest. Only one: on a busy machine the older may be gone by then.
  await page.keyboard.press('z');
  await expect(header.getByRole('button', { name: 'Not assigned' })).toBeVisible();
  await expect(header.getByRole('button', { name: 'Remove tag very-important' })).toBeVisible();
  await header.getByRole('button', { name: 'Remove tag very-important' }).focus();
  await page.keyboard.press('Enter');
  await expect(header.getByRole('button', { name: 'Add a tag' })).toBeFocused();
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('Tag very-important removed');
  await expect(page.getByText('Syncing')).toHaveCount(0);
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  for (const does of ['Release the hold, or hold the order', 'Assign to somebody', 'Add or remove tags', 'Undo'])
    await expect(keys).toContainText(does);
});

test('a key means the row with the focus, also while another order is open', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const [open, other] = [await placedOrder(url), await placedOrder(url)];
  const page = await openOrder(browser, url, open);
  await search(page, other.orderNumber);
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(rowOf(page, other)).toBeFocused();
  await page.keyboard.press('h');
  await expect(page.getByRole('dialog', { name: `Hold ${other.orderNumber}` })).toBeVisible();
  await page.keyboard.type('Fraud check');
  await page.keyboard.press('Enter');
  await expect(rowOf(page, other)).toContainText('Fraud check');
  await expect(rowOf(page, other)).toBeFocused();
  // A note needs the whole order in sight: it is opened.
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: `Note on ${other.orderNumber}` })).toBeVisible();
});

test('two agents see each other on an order, what the other writes, and that they left', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const mine = await openOrder(browser, url, order);
  const theirs = await pageAs(browser, url, 'ana');
  const also = mine.getByRole('region', { name: 'Also on this order' });
  await expect(also).toBeHidden();
  await theirs.goto(`/support?view=all&order=${order.orderId}`, { waitUntil: 'domcontentloaded' });
  await expect(also).toContainText('Ana is looking');
  await expect(theirs.getByRole('region', { name: 'Also on this order' })).toContainText('Inês is looking');
  await expectAccessible(mine, 'with a colleague');
  await theirs.keyboard.press('r');
  await expect(also).toContainText('Ana is writing a refund');
  // No good-bye is said: the tab is gone.
  await theirs.context().close();
  await expect(also).toBeHidden();
});
