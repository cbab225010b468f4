import { expect } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { title } from './shop-buyer.ts';
import { euros, hold, placedOrder, ship } from './support-desk.ts';
import { test } from './test.ts';
import { apiAs, ask, cup, teaCup } from './warehouse-floor.ts';

test('a guest takes one item less: the lower total is shown first, then in pencil, then in ink', async ({
  page,
  baseURL,
}) => {
  const order = await placedOrder(baseURL ?? '');
  await page.goto(`/orders/${order.orderId}?link=${order.link}`);
  await expect(title(page, 'Order confirmed')).toBeVisible();
  await page.getByRole('button', { name: 'Change the order' }).click();
  const form = page.getByRole('form', { name: 'Change the order' });
  await form.getByRole('button', { name: 'One less' }).click();
  const confirm = form.getByRole('button', { name: /^Change it: € .* in all$/ });
  const total = /€\s[\d.,]+/.exec((await confirm.textContent()) ?? '')?.[0] ?? '';
  expect(total).not.toBe(order.total);
  await expect(form).toContainText(`Nothing was charged yet: when the parcel leaves, your card is charged ${total}.`);
  await expectAccessible(page, 'a change that is not sent');

  const letGo = await hold(page, 'shop.order.cancelLines');
  await confirm.click();
  const changes = page.getByRole('region', { name: 'Changes' });
  await expect(changes).toContainText('Change pending');
  letGo();
  await expect(changes).toContainText('Changed');
  await expect(changes).not.toContainText('Change pending');
  await expect(page.getByRole('complementary', { name: 'Receipt' })).toContainText(total);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no sideways scroll').toBe(390);
});

test('a guest takes more, faster and elsewhere: it waits for stock and bank, then it is so', async ({
  page,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/orders/${order.orderId}?link=${order.link}`);
  await page.getByRole('button', { name: 'Change the order' }).click();
  const form = page.getByRole('form', { name: 'Change the order' });
  await form.getByRole('button', { name: 'One more' }).click();
  await form.getByRole('combobox', { name: 'Add a product' }).fill(teaCup);
  await form.getByRole('option').first().click();
  await expect(form.getByRole('list', { name: 'Added items' }).getByRole('listitem')).toHaveCount(1);
  await form.getByRole('radio', { name: /Express/ }).click();
  await form.getByRole('button', { name: 'Another address' }).click();
  await form.getByLabel('Postal code').fill('12');
  await form.getByRole('button', { name: /^Change/ }).click();
  await expect(form).toContainText('Enter 4 and 3 digits, like 4050-262');
  await form.getByLabel('Postal code').fill('4050-300');
  await form.getByLabel('Street and number').fill('Rua de Cedofeita 5');
  const confirm = form.getByRole('button', { name: /^Change it: € / });
  await expect(confirm).toBeVisible();
  await expect(form).toContainText(/Your bank is asked for €\s[\d.]+ more on the same card/);
  await expectAccessible(page, 'a change on a phone');
  await confirm.click();
  const changes = page.getByRole('region', { name: 'Changes' });
  await expect(changes.getByText('Changed', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(changes).toContainText('Rua de Cedofeita 5, Porto; Shipping: Express');
  await expect(page.getByRole('complementary', { name: 'Receipt' })).toContainText('Rua de Cedofeita 5');
  const guest = await apiAs(url, null);
  const { waybill } = await ask(guest, 'shop.order.get', { orderId: order.orderId, link: order.link });
  expect(waybill.order.totals.grandTotalMinor).toBeGreaterThan(order.totalMinor);
  expect(waybill.order.lines.map(({ sku, quantity }: { sku: string; quantity: number }) => [sku, quantity])).toEqual([
    [cup, 3],
    [teaCup, 1],
  ]);
  await guest.dispose();
  await expect(page.getByText(euros(waybill.order.totals.grandTotalMinor)).first()).toBeVisible();
});

test('once it has left nothing can be changed, and the page says what can be done instead', async ({
  page,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  await page.goto(`/orders/${order.orderId}?link=${order.link}`);
  await expect(page.getByRole('button', { name: 'Change the order' })).toBeVisible();
  await ship(url, order);
  await expect(page.getByText(/can no longer be changed or canceled. You can send it back/)).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByRole('button', { name: 'Change the order' })).toHaveCount(0);
});
