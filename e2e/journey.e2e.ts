import { expect, type Locator, type Page } from '@playwright/test';
import { rowOf } from './support-desk.ts';
import { test } from './test.ts';
import { apiAs, ask, cup, pageAs, scan } from './warehouse-floor.ts';

// The whole of it as most people see it, with all that moves.
test.use({ contextOptions: { reducedMotion: 'no-preference' } });

/** Where no other journey sends anything: what is counted there is counted of this one. */
const spain = 'ES';

type Bought = { readonly orderId: string; readonly orderNumber: string };

const buy = async (page: Page): Promise<Bought> => {
  await page.goto(`/products/${cup}`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByText('1 in your cart.')).toBeVisible();
  await page.goto('/checkout');
  const form = page.getByRole('form', { name: 'Checkout' });
  await form.getByLabel('Country', { exact: true }).selectOption(spain);
  await form.getByLabel('Mail address', { exact: true }).fill('marta@waybill.example');
  await form.getByLabel('Name', { exact: true }).fill('Marta Oliveira');
  await form.getByLabel('Street and number', { exact: true }).fill('Calle de Alcalá 48');
  await form.getByLabel('Postal code', { exact: true }).fill('28014');
  await form.getByLabel('Town', { exact: true }).fill('Madrid');
  await form.getByLabel('Card number', { exact: true }).fill('4242 4242 4242 4242');
  await form.getByLabel('Good until', { exact: true }).fill('12/40');
  await form.getByLabel('Code', { exact: true }).fill('123');
  await form.getByRole('button', { name: /^Pay €/ }).click();
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]{36}/);
  const orderId = /\/orders\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
  const orderNumber =
    (await page
      .getByText(/^WB-\d+$/)
      .first()
      .textContent()) ?? '';
  // What the worker does is shown by itself, without a look at the page again.
  await expect(page.getByText('Confirmed').first()).toBeVisible({ timeout: 30_000 });
  return { orderId, orderNumber };
};

/** The last rows of the dashboard are the newest orders; they are reached by End. */
const onDashboard = async (page: Page, warehouse: string, orderNumber: string): Promise<Locator> => {
  await page.goto(`/admin?warehouse=${warehouse}&order=age`);
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.getByRole('row').nth(1).focus();
  await page.keyboard.press('End');
  return page.getByRole('row').filter({ hasText: orderNumber });
};

const pickPackAndShip = async (page: Page, warehouse: string, orderNumber: string): Promise<void> => {
  await page.goto(`/warehouse?warehouse=${warehouse}`);
  await expect(page.getByRole('heading', { name: 'Queue' })).toBeVisible();
  await page.getByRole('searchbox').fill(orderNumber);
  const waiting = page.getByRole('list', { name: /^Queue of/ }).getByRole('listitem');
  // Only when the others have gone is the first the one that was searched for.
  await expect(waiting).toHaveCount(1);
  await expect(waiting).toContainText(orderNumber);
  // By its own link: the filter may still be on its way, with older orders above this one.
  await waiting.getByRole('link').first().click();
  await expect(page).toHaveTitle(/Pick/);
  await expect(page.getByRole('heading', { name: new RegExp(orderNumber) })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start picking' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Scan bin or item')).toBeFocused();
  await scan(page, cup);
  await expect(page.getByText('All picked')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Weight of parcel 1, kg')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Ship with/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('It is with the carrier.')).toBeVisible();
};

test('an order goes from the customer’s browser through five roles to the auditor, and nobody erases a line', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(180_000);
  const url = baseURL ?? '';
  const admin = await apiAs(url, 'ana');
  const agent = await apiAs(url, 'ines');
  const today = new Date().toISOString().slice(0, 10);
  const sold = async (): Promise<number> => {
    const input = { from: '2026-01-01', to: today, currency: 'EUR', country: spain };
    const { countries } = await ask(admin, 'admin.analytics.overview', input);
    return countries[0]?.orders ?? 0;
  };
  const soldBefore = await sold();

  const shop = await pageAs(browser, url, 'marta');
  const order = await buy(shop);
  const { orderId, orderNumber } = order;

  const note = `Rang about ${orderNumber}: leave it with the neighbour`;
  const desk = await pageAs(browser, url, 'ines');
  await desk.goto(`/support?view=all&q=${orderNumber}`);
  await expect(rowOf(desk, order)).toContainText('Marta Oliveira');
  await rowOf(desk, order).click();
  await expect(desk.getByRole('heading', { name: orderNumber })).toBeVisible();
  await desk.keyboard.press('n');
  await desk.getByLabel('Note', { exact: true }).fill(note);
  await desk.getByRole('button', { name: 'Add note' }).click();
  await expect(desk.getByRole('list', { name: 'Timeline' })).toContainText(note);
  await expect(desk.getByText('Syncing 1 change')).toBeHidden();

  const warehouseOf = async (): Promise<string> => {
    const found = await ask(agent, 'support.order.get', { orderId });
    const [fulfillment] = Object.values<{ warehouse: string }>(found?.waybill.fulfillments ?? {});
    return fulfillment?.warehouse ?? '';
  };
  await expect.poll(warehouseOf, { message: 'a warehouse has it', timeout: 30_000 }).not.toBe('');
  const warehouse = await warehouseOf();
  const dashboard = await pageAs(browser, url, 'ana');
  await expect(await onDashboard(dashboard, warehouse, orderNumber)).toBeVisible();

  const floor = await pageAs(browser, url, 'rui');
  await pickPackAndShip(floor, warehouse, orderNumber);

  await expect(async () => {
    await expect(await onDashboard(dashboard, warehouse, orderNumber)).toHaveCount(0, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expect.poll(sold, { message: 'analytics counts it' }).toBe(soldBefore + 1);
  await expect(shop.getByText('Shipped').first()).toBeVisible({ timeout: 30_000 });

  const audit = await pageAs(browser, url, 'jan');
  await audit.goto('/audit');
  await audit.getByLabel('Order number or id').fill(orderNumber);
  const events = audit.getByRole('grid', { name: 'History' }).getByRole('row');
  // The head has no number; before the others are gone, the rows would move away from the pointer.
  await expect(events.filter({ hasNotText: orderNumber })).toHaveCount(1);
  const packed = events.filter({ hasText: 'Packed in 1 parcel' });
  await expect(packed).toHaveCount(1);
  await packed.click();
  const past = audit.getByRole('region', { name: /^As of/ });
  const now = audit.getByRole('region', { name: 'Today' });
  await expect(past.getByText('Packed', { exact: true }).first()).toBeVisible();
  await expect(past.getByText('Shipped', { exact: true })).toHaveCount(0);
  await expect(past).toContainText(note);
  await expect(now.getByText('Shipped', { exact: true }).first()).toBeVisible();
  await expect(now).toContainText('changed');
  const causes = audit.getByRole('list', { name: 'Causes and effects' });
  for (const who of ['Marta Oliveira, customer', 'Checkout process', 'Inês Sousa, support', 'Rui Lopes, warehouse'])
    await expect(causes).toContainText(who);
  await audit.keyboard.press(']');
  await expect(audit.getByRole('heading', { name: /^Shipped from/ })).toBeVisible();
  await Promise.all([admin.dispose(), agent.dispose()]);
});
