import { expect } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { openDesk, openOrder, placedOrder, rowOf } from './support-desk.ts';
import { test } from './test.ts';

test('everything at the desk can be done by keyboard alone', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const page = await openDesk(browser, url);
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  // Rows come with the page; keys are heard once it has woken up.
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type(order.orderNumber);
  await expect(rowOf(page, order)).toBeVisible();
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(2);
  await page.keyboard.press('Enter');
  await expect(rowOf(page, order)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: order.orderNumber })).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByLabel('Note', { exact: true })).toBeFocused();
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Notes' })).toContainText('By keyboard');
  await page.keyboard.press('Escape');
  await expect(page.getByText('No order is open')).toBeVisible();
  await expect(rowOf(page, order)).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Refund');
});

for (const phone of [false, true])
  test(`the desk is accessible in both themes, ${phone ? 'on a phone' : 'at a desk'}`, async ({ browser, baseURL }) => {
    test.slow();
    const url = baseURL ?? '';
    const order = await placedOrder(url);
    const page = await openDesk(browser, url, '/support?view=all', phone);
    await expect(page.getByRole('row').nth(1)).toBeVisible();
    await expectAccessible(page, 'list');
    await page.goto('/support?q=nothing-is-called-1-this');
    await expect(page.getByText('Nothing found for')).toBeVisible();
    await expectAccessible(page, 'nothing found');
    await page.goto('/support?q=payment:captred');
    await expect(page.getByText('is not a state')).toBeVisible();
    await expectAccessible(page, 'a filter that is none');
    await page.goto(`/support?view=all&order=${order.orderId}`);
    await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('Order placed');
    await expectAccessible(page, 'order');
    for (const [key, role] of [
      ['r', 'dialog'],
      ['h', 'dialog'],
      ['n', 'dialog'],
      ['c', 'alertdialog'],
    ] as const) {
      await page.keyboard.press(key);
      await expect(page.getByRole(role)).toBeVisible();
      await expectAccessible(page, `dialog behind ${key}`);
      await page.keyboard.press('Escape');
      await expect(page.getByRole(role)).toBeHidden();
    }
  });

test('an order that is not there says so', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const page = await openOrder(browser, url, order);
  await page.goto('/support?order=01932b5e-0000-7000-8000-00000000dead');
  await expect(page.getByText('There is no such order.')).toBeVisible();
});
