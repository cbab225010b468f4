import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { v7 } from 'uuid';
import { expectAccessible } from './axe.ts';
import { byPalette, type DeskOrder, euros, openOrder, placedOrder, ship } from './support-desk.ts';
import { test } from './test.ts';
import { apiAs, ask, call } from './warehouse-floor.ts';

const timeline = (page: Page): Locator => page.getByRole('list', { name: 'Timeline' });
const returnsOn = (page: Page): Locator => page.getByRole('region', { name: 'Returns' });

/** An order of two that has reached its customer, open at the desk. */
const delivered = async (
  browser: Browser,
  url: string,
): Promise<{ readonly order: DeskOrder; readonly page: Page }> => {
  const order = await placedOrder(url);
  await ship(url, order);
  const [floor, desk] = [await apiAs(url, 'rui'), await apiAs(url, 'ines')];
  const { orderId } = order;
  const { waybill } = await ask(desk, 'support.order.get', { orderId });
  for (const fulfillmentId of Object.keys(waybill.fulfillments))
    await call(floor, 'warehouse.fulfillment.deliver', { fulfillmentId, orderId, commandId: v7() });
  await Promise.all([floor.dispose(), desk.dispose()]);
  const page = await openOrder(browser, url, order);
  // Nothing is there to return before the desk has heard of it.
  await expect(page.getByRole('region', { name: 'Fulfillments' })).toContainText('Delivered', { timeout: 20_000 });
  return { order, page };
};

/** The warehouse has the goods in hand, and finds nothing wrong with them. */
const comeBack = async (url: string, { orderId }: DeskOrder): Promise<void> => {
  const [floor, desk] = [await apiAs(url, 'rui'), await apiAs(url, 'ines')];
  const { waybill } = await ask(desk, 'support.order.get', { orderId });
  const [asked] = Object.values<{ returnId: string; lines: { lineId: string; quantity: number }[] }>(
    waybill.order.returns,
  );
  const { returnId = '', lines = [] } = asked ?? {};
  const counted = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  await call(floor, 'warehouse.returns.receive', { orderId, returnId, commandId: v7(), lines: counted });
  const found = counted.map((line) => ({ ...line, disposition: 'restock' }));
  await call(floor, 'warehouse.returns.inspect', { orderId, returnId, commandId: v7(), lines: found });
  await Promise.all([floor.dispose(), desk.dispose()]);
};

test('a return is asked for and approved by key, and exchanged once the goods are back', async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const url = baseURL ?? '';
  const { order, page } = await delivered(browser, url);
  const returns = returnsOn(page);
  await page.keyboard.press('b');
  const sheet = page.getByRole('dialog', { name: `Return items of ${order.orderNumber}` });
  await sheet.getByRole('button', { name: 'Return items' }).press('Enter');
  await expect(sheet.getByText('Choose at least one item.')).toBeVisible();
  await sheet.getByRole('textbox', { name: /^Return of/ }).fill('1');
  await sheet.getByRole('radio', { name: 'An exchange' }).press('Space');
  await sheet.getByLabel('Reason').fill('The glaze is chipped');
  await expectAccessible(page, 'return sheet');
  await sheet.getByRole('button', { name: 'Return 1 item' }).press('Enter');
  await expect(returns).toContainText('Return asked for');
  await byPalette(page, 'Approve the return');
  await expect(returns).toContainText('Return approved');
  await expect(returns).toContainText('Waits for the goods, then exchange.');
  await expect(timeline(page)).toContainText('Return approved');
  await expect(page.getByText(/Syncing/)).toHaveCount(0);

  await comeBack(url, order);
  await expect(returns).toContainText('The same goods are sent again.', { timeout: 30_000 });
  // A second parcel, at no cost: what was paid stays what the order costs.
  await expect(page.getByRole('region', { name: 'Fulfillments' }).getByRole('listitem')).toHaveCount(2, {
    timeout: 30_000,
  });
  await expect(page.getByRole('region', { name: 'Lines' })).toContainText(euros(order.totalMinor));
  await expectAccessible(page, 'an exchanged return');
});

test('a return that is declined says why to the customer, and the goods stay with them', async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const url = baseURL ?? '';
  const { order, page } = await delivered(browser, url);
  const returns = returnsOn(page);
  await page.keyboard.press('b');
  const sheet = page.getByRole('dialog', { name: `Return items of ${order.orderNumber}` });
  await sheet.getByRole('textbox', { name: /^Return of/ }).fill('2');
  await sheet.getByLabel('Reason').fill('Changed their mind');
  await sheet.getByRole('button', { name: 'Return 2 items' }).press('Enter');
  await byPalette(page, 'Decline the return');
  const dialog = page.getByRole('dialog', { name: `Decline a return of ${order.orderNumber}` });
  await dialog.getByRole('button', { name: 'Decline the return' }).press('Enter');
  await expect(dialog.getByText('Say why: the customer reads it.')).toBeVisible();
  await dialog.getByLabel('Reason').fill('Used for three years');
  await expectAccessible(page, 'declining a return');
  await dialog.getByRole('button', { name: 'Decline the return' }).press('Enter');
  await expect(returns).toContainText('Nothing is sent back.');
  await expect(timeline(page)).toContainText('Used for three years');

  const customer = await (await browser.newContext({ baseURL: url })).newPage();
  await customer.goto(`/orders/${order.orderId}?link=${order.link}`);
  await expect(customer.getByRole('region', { name: 'Returns' })).toContainText('Used for three years');
  await expect(customer.getByRole('region', { name: 'Mails about this order' })).toContainText(
    'Return decline notice',
    {
      timeout: 30_000,
    },
  );
});
