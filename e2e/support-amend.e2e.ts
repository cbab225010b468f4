import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { v7 } from 'uuid';
import { expectAccessible } from './axe.ts';
import { type DeskOrder, euros, hold, openOrder, placedOrder } from './support-desk.ts';
import { test } from './test.ts';
import { apiAs, ask, call, teaCup } from './warehouse-floor.ts';

const timeline = (page: Page): Locator => page.getByRole('list', { name: 'Timeline' });
const lines = (page: Page): Locator => page.getByRole('region', { name: 'Lines' });

/** Presses E; resolves with the sheet. */
const amend = async (page: Page, { orderNumber }: DeskOrder): Promise<Locator> => {
  await page.keyboard.press('e');
  const sheet = page.getByRole('dialog', { name: `Change ${orderNumber}` });
  await expect(sheet).toBeVisible();
  return sheet;
};

const unitMinorOf = async (baseURL: string, { orderId }: DeskOrder): Promise<number> => {
  const desk = await apiAs(baseURL, 'ines');
  const { waybill } = await ask(desk, 'support.order.get', { orderId });
  await desk.dispose();
  return waybill.order.lines[0].unitPriceMinor;
};

const opened = async (browser: Browser, baseURL: string | undefined) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  return { url, order, page: await openOrder(browser, url, order) };
};

test('an order is changed by keyboard: previewed, pending, then made, and the bank holds the new total', async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const { url, order, page } = await opened(browser, baseURL);
  const unit = await unitMinorOf(url, order);
  const sheet = await amend(page, order);
  const settlement = sheet.getByTestId('settlement');
  await sheet.getByRole('textbox', { name: /^Quantity of/ }).focus();
  await page.keyboard.press('ArrowUp');
  // Decided in the browser: nobody was asked.
  await expect(settlement).toHaveText(euros(unit));
  await sheet.getByRole('combobox', { name: 'Add a product' }).focus();
  await page.keyboard.type(teaCup);
  await expect(sheet.getByRole('option')).toHaveCount(1);
  await expectAccessible(page, 'amend sheet');
  await page.keyboard.press('Enter');
  await expect(sheet.getByRole('list', { name: 'Added lines' }).getByRole('listitem')).toHaveCount(1);
  await expect(settlement).not.toHaveText(euros(unit));
  const after = await sheet.getByRole('button', { name: /^Change it and charge/ }).textContent();
  const letGo = await hold(page, 'support.order.amend');
  await page.keyboard.press('Escape');
  // Put aside, not lost.
  await amend(page, order);
  await expect(sheet.getByRole('button', { name: after ?? '' })).toBeVisible();
  await sheet.getByRole('button', { name: after ?? '' }).press('Enter');
  await expect(page.getByText('Change pending:')).toBeVisible();
  await expect(lines(page)).toContainText('To be added');
  await expectAccessible(page, 'change pending');
  letGo();
  await expect(timeline(page)).toContainText('Order amended', { timeout: 30_000 });
  await expect(page.getByText('Change pending:')).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: 'Order amended' })).toBeVisible();
  await expect(lines(page)).toContainText('Amended: was 2');
  await expect(lines(page)).toContainText('Amended: added later');
  await expect(page.getByRole('region', { name: 'Payments and refunds' })).toContainText(
    after?.replace('Change it and charge ', '') ?? '',
  );
});

test('a change that can’t be made is refused in words before anything is sent; one that stock refuses, after', async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const { order, page } = await opened(browser, baseURL);
  let sent = 0;
  page.on('request', (request) => {
    if (request.url().includes('support.order.amend?') || request.url().endsWith('support.order.amend')) sent += 1;
  });
  const sheet = await amend(page, order);
  const quantity = sheet.getByRole('textbox', { name: /^Quantity of/ });
  await sheet.getByRole('button', { name: /^Remove / }).click();
  await expect(sheet.getByText('Nothing would be left of the order. Cancel it instead.')).toBeVisible();
  await sheet.getByRole('button', { name: `Change ${order.orderNumber}` }).click();
  await expect(sheet).toBeVisible();
  await quantity.fill('1');
  await sheet.getByLabel('Discount code (optional)').fill('NO-SUCH-CODE');
  // It is priced first: nothing is sent without it.
  await sheet.getByLabel('Discount code (optional)').press('Control+Enter');
  await expect(sheet.getByText(/NO-SUCH-CODE/)).toBeVisible();
  expect(sent).toBe(0);
  await sheet.getByLabel('Discount code (optional)').fill('');
  await quantity.fill('9999');
  await sheet.getByRole('button', { name: /^Change it and charge/ }).click();
  const refusal = page.getByRole('status').filter({ hasText: 'Change not made' });
  await expect(refusal).toContainText('The order stands as it was.', { timeout: 30_000 });
  await expect(timeline(page)).toContainText('Change not made');
  await refusal.getByRole('button', { name: 'Dismiss' }).click();
  await expect(refusal).toBeHidden();
});

test('two agents change one order: the second sees what the first did, and may reapply', async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const { url, order, page } = await opened(browser, baseURL);
  const { orderId } = order;
  // This page hears nothing of the other's change until it has sent its own.
  const letGo = await hold(page, 'support.order.get');
  const ana = await apiAs(url, 'ana');
  await call(ana, 'support.order.amend', { orderId, commandId: v7(), amendmentId: v7(), shippingMethod: 'express' });
  await expect
    .poll(async () => (await ask(ana, 'support.order.get', { orderId })).waybill.order.shippingMethod.code, {
      timeout: 30_000,
    })
    .toBe('express');
  await ana.dispose();
  const sheet = await amend(page, order);
  await sheet.getByRole('textbox', { name: /^Quantity of/ }).fill('3');
  await page.keyboard.press('Control+Enter');
  const conflict = page.getByRole('alert').filter({ hasText: 'Your change was not sent.' });
  await expect(conflict).toContainText('from 2 to 3');
  letGo();
  await expectAccessible(page, 'conflict of changes');
  await conflict.getByRole('button', { name: 'Reapply mine' }).click();
  await expect(lines(page)).toContainText('Amended: was 2', { timeout: 30_000 });
  await expect(lines(page)).toContainText('Shipping, Express');
});

test('an order is canceled in part, and says what that gives back', async ({ browser, baseURL }) => {
  const { url, order, page } = await opened(browser, baseURL);
  const unit = await unitMinorOf(url, order);
  await page.keyboard.press('c');
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('radio', { name: /^Some items/ }).click();
  await dialog.getByRole('textbox', { name: /^Cancel of/ }).fill('1');
  await expect(dialog).toContainText(euros(unit));
  await expect(dialog.getByLabel('Reason')).toHaveAccessibleDescription('The customer reads it.');
  await expectAccessible(page, 'cancel in part');
  await dialog.getByRole('button', { name: 'Cancel 1 item' }).click();
  await expect(timeline(page)).toContainText('canceled, back on sale');
  await expect(timeline(page)).toContainText('Mail sent: partial cancellation notice', { timeout: 30_000 });
  await expect(lines(page)).toContainText('Amended: 1 canceled');
  await expect(lines(page)).toContainText(euros(order.totalMinor - unit));
  await expect(page.getByRole('heading', { name: order.orderNumber })).toBeVisible();
});
