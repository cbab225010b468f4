import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import {
  buy,
  cartOf,
  chooseCard,
  fillAddress,
  newCustomer,
  openCheckout,
  payButton,
  strangersOrder,
  title,
  withCart,
} from './shop-buyer.ts';
import { test } from './test.ts';
import { apiAs, ask, cup } from './warehouse-floor.ts';

const confirmed = (page: Page) => expect(title(page, 'Order confirmed')).toBeVisible({ timeout: 30_000 });

test('a guest buys, sees the order at once, and sees it confirmed without reloading', async ({ page }) => {
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await withCart(page, [{ sku: cup, quantity: 1 }]);
  await openCheckout(page);
  await fillAddress(page);
  await chooseCard(page, 'approved');
  const button = (await payButton(page).textContent()) ?? '';
  await payButton(page).click();
  const route = page.getByRole('list', { name: /^Delivery of WB-/ }).filter({ visible: true });
  await expect(route).toContainText('Placed');
  const receipt = page.getByRole('complementary', { name: 'Receipt' });
  await expect(receipt).toContainText(button.replace('Pay ', ''));
  await confirmed(page);
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]{36}\?link=/);
  await expect(receipt).toContainText('Authorized');
  expect(await cartOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'See the mails' }).click();
  await expect(page.getByRole('list', { name: 'Mails' })).toContainText('is confirmed', { timeout: 30_000 });
  expect(complaints).toEqual([]);
});

test('a field that does not fit says how to mend it, and the first one takes the focus', async ({ page }) => {
  await withCart(page, [{ sku: cup, quantity: 1 }]);
  await openCheckout(page);
  await payButton(page).click();
  await expect(page.getByLabel('Mail address')).toBeFocused();
  await expect(page.getByText('Enter a mail address, like ines@example.pt')).toBeVisible();
  await page.getByLabel('Country').selectOption('NL');
  await page.getByLabel('Postal code').fill('12');
  await page.getByLabel('Postal code').blur();
  await expect(page.getByText('Enter 4 digits and 2 letters, like 1012 AB')).toBeVisible();
});

test('a customer orders once, even by a double click and with the answer lost, and finds it in My orders', async ({
  page,
  baseURL,
}) => {
  await newCustomer(page.request, baseURL ?? '');
  await withCart(page, [{ sku: cup, quantity: 1 }]);
  await openCheckout(page);
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Lena Sommer');
  const mail = await page.getByLabel('Mail address').inputValue();
  await fillAddress(page);
  await page.getByLabel('Mail address').fill(mail);
  await chooseCard(page, 'approved');
  let lost = 0;
  await page.route('**/api/trpc/shop.placeOrder**', async (route) => {
    if (lost > 0) return route.continue();
    lost += 1;
    // It arrives, and nobody hears so.
    await route.fetch();
    await route.abort();
  });
  await payButton(page).dblclick();
  await confirmed(page);
  expect(lost).toBe(1);
  await page.getByRole('link', { name: 'Orders', exact: true }).click();
  const orders = page.getByRole('list', { name: 'Orders' }).getByRole('listitem');
  await expect(orders).toHaveCount(1);
  await expect(orders.first()).toContainText(/WB-\d+/);
  await expectAccessible(page, 'my orders');
  await orders.first().getByRole('link').click();
  await confirmed(page);
});

test('what is sold out is said in words, and the rest can be ordered', async ({ page, baseURL }) => {
  const api = await apiAs(baseURL ?? '', null);
  const { items } = await ask(api, 'shop.catalog.list', { inStock: true, limit: 100 });
  await api.dispose();
  const scarce = items.findLast(
    ({ available, sku }: { available: number; sku: string }) => available < 90 && sku !== cup,
  );
  await buy(
    page,
    [
      { sku: scarce.sku, quantity: 99 },
      { sku: cup, quantity: 1 },
    ],
    'approved',
  );
  await expect(title(page, 'Sold out')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Sold out before we could reserve it. Your card was not charged.')).toBeVisible();
  await page.getByRole('button', { name: 'Order the rest' }).click();
  await expect(page).toHaveURL(/\/checkout/);
  await expect(payButton(page)).toBeVisible();
  const rest = await cartOf(page);
  expect(rest).toContainEqual({ sku: cup, quantity: 1 });
  expect(rest.find(({ sku }) => sku === scarce.sku)?.quantity).toBeLessThan(99);
});

test('a declined card keeps the cart, and another card buys it', async ({ page }) => {
  await buy(page, [{ sku: cup, quantity: 1 }], 'declined');
  await expect(title(page, 'Your card was declined')).toBeVisible({ timeout: 30_000 });
  await expect(
    page.getByText('Your bank declined the card. Nothing was charged and your cart is kept. Try another card.'),
  ).toBeVisible();
  await page.getByRole('link', { name: 'Try another card' }).click();
  // The address is still known, the card is not.
  await expect(page.getByLabel('Town')).toHaveValue('Porto');
  await expect(page.getByLabel('Card number')).toHaveValue('');
  await chooseCard(page, 'approved');
  await payButton(page).click();
  await confirmed(page);
});

for (const { answer, ends } of [
  { answer: /^Approve € /, ends: 'Order confirmed' },
  { answer: 'Refuse', ends: 'Your card was declined' },
] as const)
  test(`the bank asks, and the answer ${answer} ends in: ${ends}`, async ({ page }) => {
    await buy(page, [{ sku: cup, quantity: 1 }], 'challenge');
    await expect(title(page, 'Your bank wants to ask you')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('link', { name: 'Go to the bank’s page' }).click();
    await expect(title(page, 'Is it you who pays?')).toBeVisible();
    await expectAccessible(page, 'the bank’s page');
    await page.getByRole('button', { name: answer }).click();
    await expect(page).toHaveURL(/\/orders\//);
    await expect(title(page, ends)).toBeVisible({ timeout: 30_000 });
  });

test('canceled before it is picked, an order gives its goods back', async ({ page, baseURL }) => {
  const api = await apiAs(baseURL ?? '', null);
  const { items } = await ask(api, 'shop.catalog.list', { inStock: true, limit: 100 });
  // No other journey buys it.
  const { sku, available } = items.find(
    (item: { available: number; subcategory: string }) => item.available > 20 && item.subcategory !== 'Tea',
  );
  const stock = async () => (await ask(api, 'shop.catalog.get', { sku })).stock.available;
  await buy(page, [{ sku, quantity: 3 }], 'approved');
  await confirmed(page);
  await expect.poll(stock, { timeout: 30_000 }).toBe(available - 3);
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  const dialog = page.getByRole('alertdialog', { name: /^Cancel WB-\d+ for €/ });
  await expect(dialog).toContainText('Nothing was charged: your bank releases €');
  await expect(dialog.getByRole('button', { name: 'Keep the order' })).toBeFocused();
  await dialog.getByRole('button', { name: /^Cancel order WB-/ }).click();
  await expect(title(page, 'Canceled')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel the order' })).toBeHidden();
  await expect(page.getByText('Nothing was charged: your bank has released the amount.')).toBeVisible({
    timeout: 30_000,
  });
  await expect.poll(stock, { timeout: 30_000 }).toBe(available);
  await api.dispose();
});

test('an order of somebody else is not shown, to a customer or to a stranger', async ({ browser, baseURL, page }) => {
  const url = baseURL ?? '';
  const orderId = await strangersOrder(url, [{ sku: cup, quantity: 1 }]);
  const customer = await (await browser.newContext({ baseURL: url })).newPage();
  await newCustomer(customer.request, url);
  for (const visitor of [page, customer]) {
    await visitor.goto(`/orders/${orderId}`, { waitUntil: 'domcontentloaded' });
    await expect(visitor.getByText('There is no such order, or it is not yours.')).toBeVisible();
    await expect(visitor.getByText('Somebody Else')).toHaveCount(0);
    await visitor.goto(`/mailbox?order=${orderId}`, { waitUntil: 'domcontentloaded' });
    await expect(visitor.getByText('There is no such order, or it is not yours.')).toBeVisible();
  }
  await customer.context().close();
});

test('a discount code takes off what it says, and a wrong one says so', async ({ page }) => {
  await withCart(page, [{ sku: cup, quantity: 2 }]);
  await openCheckout(page);
  const receipt = page.getByRole('complementary', { name: 'Receipt' });
  const before = (await payButton(page).textContent()) ?? '';
  await receipt.getByLabel('Discount code').fill('nothing9');
  await receipt.getByRole('button', { name: 'Apply' }).click();
  await expect(receipt.getByText('The code NOTHING9 is not valid now.')).toBeVisible();
  await receipt.getByLabel('Discount code').fill('fiveoff');
  await receipt.getByRole('button', { name: 'Apply' }).click();
  await expect(receipt).toContainText('Discount, FIVEOFF');
  await expect(receipt).toContainText('−\u00a0€\u00a05.00');
  const cents = (text: string) => Math.round(Number(text.replace(/[^\d.]/g, '')) * 100);
  await expect.poll(async () => cents((await payButton(page).textContent()) ?? '')).toBe(cents(before) - 500);
  await fillAddress(page);
  await chooseCard(page, 'approved');
  await payButton(page).click();
  await confirmed(page);
  await expect(receipt).toContainText('Discount, FIVEOFF');
});

test('checkout, order and mailbox are accessible in both themes', async ({ page }) => {
  await withCart(page, [{ sku: cup, quantity: 1 }]);
  await openCheckout(page);
  await payButton(page).click();
  await expectAccessible(page, 'checkout with errors');
  await fillAddress(page);
  await chooseCard(page, 'approved');
  await payButton(page).click();
  await confirmed(page);
  await expect(page).toHaveURL(/\/orders\//);
  await expectAccessible(page, 'order');
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no sideways scroll').toBe(320);
  await page.getByRole('button', { name: 'Cancel the order' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectAccessible(page, 'the cancel dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'See the mails' }).click();
  await expect(title(page, 'Mailbox')).toBeVisible();
  await expectAccessible(page, 'mailbox');
});
