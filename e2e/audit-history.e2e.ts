import { readFile } from 'node:fs/promises';
import { expect, type Locator } from '@playwright/test';
import { heldOrder } from './audit-orders.ts';
import { expectAccessible } from './axe.ts';
import { test } from './test.ts';
import { pageAs } from './warehouse-floor.ts';

test.describe.configure({ timeout: 120_000 });

/** A part of the order's page, in one of its two columns. */
const partOf = (column: Locator, title: string): Locator =>
  column.locator('section', { has: column.page().getByRole('heading', { name: title, exact: true }) });

test('the history is searched by order and by actor, and the search is in the address', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const { orderNumber } = await heldOrder(url, 'Address check');
  const page = await pageAs(browser, url, 'jan');
  await page.goto('/audit');
  await page.getByLabel('Order number or id').fill(orderNumber);
  const rows = page.getByRole('grid', { name: 'History' }).getByRole('row');
  await expect(page).toHaveURL(new RegExp(`order=${orderNumber}`));
  await expect(rows.filter({ hasText: 'Hold placed' })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'Order placed by' })).toHaveCount(1);
  await page.getByLabel('Actor').fill('ines@waybill.example');
  await expect(page).toHaveURL(/actor=ines/);
  await expect(rows.filter({ hasText: 'Order placed by' })).toHaveCount(0);
  await expect(rows.filter({ hasText: 'Hold placed' })).toHaveCount(1);
  await page.reload();
  await expect(rows.filter({ hasText: 'Hold placed' })).toHaveCount(1);
  await page.getByLabel('Actor').fill('nobody@waybill.example');
  await expect(page.getByText('No event matches this search.')).toBeVisible();
  await page.context().close();
});

test('an order is seen as it stood, step by step with the keys, and compared with today', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const reason = 'The customer asked to wait';
  const { orderId, orderNumber } = await heldOrder(url, reason);
  const page = await pageAs(browser, url, 'jan');
  await page.goto(`/audit/orders/${orderId}`);
  const slider = page.getByRole('slider', { name: `Time of ${orderNumber}` });
  const today = page.getByRole('region', { name: 'Today' });
  await expect(partOf(today, 'Holds')).toContainText(reason);
  // The last event and what it changed, by the fold before and after it.
  await expect(page.getByRole('row').filter({ hasText: 'Hold ' })).toContainText(['nothing', reason].join(''));
  const total = Number(await slider.getAttribute('aria-valuemax'));

  await page.keyboard.press('[');
  await expect(slider).toHaveAttribute('aria-valuenow', String(total - 1));
  const past = page.getByRole('region', { name: /^As of/ });
  await expect(page.getByText(/^As of .* UTC, position [\d,]+ \(recorded\)\./)).toBeVisible();
  await expect(past).toBeVisible();
  await expect(partOf(past, 'Holds')).toHaveCount(0);
  // Beside it stands today, with what has changed since marked.
  await expect(partOf(today, 'Holds')).toContainText('changed');
  await page.keyboard.press('c');
  await expect(today).toHaveCount(0);
  await page.keyboard.press('c');
  await expect(today).toBeVisible();
  await page.keyboard.press(']');
  await expect(slider).toHaveAttribute('aria-valuenow', String(total));

  // Back to the very first event: placed, and nothing was authorized.
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(slider).toHaveAttribute('aria-valuenow', '1');
  await expect(past.getByText('Placed', { exact: true }).first()).toBeVisible();
  await expect(past).toContainText('No warehouse had it yet.');
  await expect(today.getByText('Confirmed', { exact: true }).first()).toBeVisible();
  await page.keyboard.press('r');
  await expect(page.getByText('"type": "OrderPlaced"')).toBeVisible();
  await page.keyboard.press('t');
  await expect(slider).toHaveAttribute('aria-valuenow', String(total));
  await page.context().close();
});

test('a row that is pressed while the list changes is opened all the same', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const { orderId, orderNumber } = await heldOrder(url, 'Address check');
  const page = await pageAs(browser, url, 'jan');
  await page.goto('/audit');
  const rows = page.getByRole('grid', { name: 'History' }).getByRole('row');
  // Events of the stock lie above it, until only the order's are asked for.
  const placed = rows.filter({ hasText: orderNumber }).filter({ hasText: 'Order placed by' });
  const { x = 0, y = 0 } = (await placed.boundingBox()) ?? {};
  await page.mouse.move(x + 250, y + 10);
  await page.getByLabel('Order number or id').fill(orderNumber);
  await page.mouse.down();
  await expect(page.getByText(/^\d+ events shown$/)).toBeAttached();
  await page.mouse.up();
  await expect(page).toHaveURL(new RegExp(`/audit/orders/${orderId}\\?event=`));
  await page.context().close();
});

test('an instant before an order was placed shows that nothing stood yet', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const { orderId } = await heldOrder(url, 'Address check');
  const page = await pageAs(browser, url, 'jan');
  await page.goto(`/audit/orders/${orderId}`);
  await page.getByRole('button', { name: 'As of a time' }).click();
  await page.getByLabel('Day and time (UTC)').fill('2020-01-01T00:00:00');
  await page.getByRole('button', { name: 'Show this instant' }).click();
  await expect(page.getByText('Nothing stood yet: the order was placed later.')).toBeVisible();
  await expect(page.getByText(/^As of 1 Jan 2020 00:00:00 UTC/).first()).toBeVisible();
  await page.context().close();
});

test('an order’s events are exported, and no cell is a formula', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const { orderId, orderNumber } = await heldOrder(url, '=HYPERLINK("https://example.test")');
  const page = await pageAs(browser, url, 'jan');
  await page.goto(`/audit/orders/${orderId}`);
  const exported = async (item: string): Promise<{ name: string; text: string }> => {
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item }).click(),
    ]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
  };
  const json = await exported('Events as JSON');
  expect(json.name).toBe(`${orderNumber}.json`);
  const events: { event: { type: string } }[] = JSON.parse(json.text);
  expect(events[0]?.event.type).toBe('OrderPlaced');
  const csv = await exported('Events as CSV');
  expect(csv.name).toBe(`${orderNumber}.csv`);
  expect(csv.text.trimEnd().split('\r\n')).toHaveLength(events.length + 1);
  expect(csv.text).not.toMatch(/(^|,)"?[=+@]/m);
  await page.context().close();
});

test('a number of the stock is told by its events, and the last balance is the number', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  await heldOrder(url, 'Address check');
  const page = await pageAs(browser, url, 'jan');
  await page.goto('/audit/inventory/CUP-HOT-02?of=onHand');
  const rows = page.getByRole('grid', { name: 'On hand of CUP-HOT-02' }).getByRole('row');
  await expect(rows.filter({ hasText: 'received in' }).first()).toBeVisible();
  const now = await page.getByText('On hand now').locator('xpath=following-sibling::*').textContent();
  expect(await rows.nth(1).getByRole('gridcell').last().textContent()).toBe(now);
  await page.context().close();
});

test('an agent is kept out of the audit', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const page = await pageAs(browser, url, 'ines');
  await page.goto('/audit');
  await expect(page).toHaveURL(/not-allowed/);
  await page.context().close();
});

for (const phone of [false, true]) {
  const width = phone ? 'narrow' : 'wide';
  test(`axe finds nothing on the audit’s ${width} screens, in light and dark`, async ({ browser, baseURL }) => {
    const url = baseURL ?? '';
    const { orderId } = await heldOrder(url, 'Address check');
    const page = await pageAs(browser, url, 'jan', phone);
    await page.goto('/audit');
    await expect(page.getByRole('grid', { name: 'History' }).getByRole('row').nth(1)).toBeVisible();
    await expectAccessible(page, `history, ${width}`);
    await page.goto(`/audit/orders/${orderId}`);
    await page.getByRole('slider').focus();
    await page.keyboard.press('Home');
    await expect(page.getByRole('region', { name: /^As of/ })).toBeVisible();
    await expectAccessible(page, `order as of, ${width}`);
    await page.goto('/audit/inventory');
    await expect(page.getByRole('grid', { name: 'Stock' }).getByRole('row').nth(1)).toBeVisible();
    await expectAccessible(page, `stock, ${width}`);
    await page.goto('/audit/inventory/CUP-HOT-02');
    await expect(page.getByRole('grid').getByRole('row').nth(1)).toBeVisible();
    await expectAccessible(page, `stock ledger, ${width}`);
    await page.context().close();
  });
}
