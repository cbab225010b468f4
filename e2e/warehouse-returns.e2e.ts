import { expect } from '@playwright/test';
import { v7 } from 'uuid';
import { expectAccessible } from './axe.ts';
import { title } from './shop-buyer.ts';
import { type DeskOrder, placedOrder, ship } from './support-desk.ts';
import { test } from './test.ts';
import { apiAs, ask, call, pageAs } from './warehouse-floor.ts';

/** Shipped and delivered; resolves with the warehouse that sent it. */
const deliver = async (baseURL: string, order: DeskOrder): Promise<string> => {
  await ship(baseURL, order);
  const { orderId } = order;
  const floor = await apiAs(baseURL, 'rui');
  const desk = await apiAs(baseURL, 'ines');
  const { waybill } = await ask(desk, 'support.order.get', { orderId });
  const [parcel] = Object.values<{ readonly fulfillmentId: string; readonly warehouse: string }>(waybill.fulfillments);
  await call(floor, 'warehouse.fulfillment.deliver', {
    orderId,
    fulfillmentId: parcel?.fulfillmentId,
    commandId: v7(),
  });
  await Promise.all([floor.dispose(), desk.dispose()]);
  return parcel?.warehouse ?? '';
};

test('what a customer sends back is approved, received, inspected and refunded, and their page tells each step', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const warehouse = await deliver(url, order);
  await page.goto(`/orders/${order.orderId}?link=${order.link}`);
  await expect(title(page, 'With you')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Send something back' }).click();
  const form = page.getByRole('form', { name: 'Send something back' });
  await form.getByRole('button', { name: 'Ask for the return' }).click();
  await expect(form.getByRole('alert')).toHaveText('Choose at least one item.');
  await form.getByRole('button', { name: 'One more' }).click();
  await form.getByRole('button', { name: 'One more' }).click();
  await form.getByLabel('Why does it go back?').fill('The glaze is chipped');
  await expectAccessible(page, 'a return that is not sent');
  await form.getByRole('button', { name: 'Ask to return 2 items' }).click();
  const returns = page.getByRole('region', { name: 'Returns' });
  await expect(returns).toContainText('Requested');
  await expect(page.getByRole('button', { name: 'Send something back' })).toHaveCount(0);

  const agent = await apiAs(url, 'ines');
  await expect
    .poll(async () => {
      const { waybill } = await ask(agent, 'support.order.get', { orderId: order.orderId });
      return Object.keys(waybill.order.returns).length;
    })
    .toBe(1);
  const { waybill } = await ask(agent, 'support.order.get', { orderId: order.orderId });
  const [returnId] = Object.keys(waybill.order.returns);
  await call(agent, 'support.order.approveReturn', { orderId: order.orderId, returnId, commandId: v7() });
  await agent.dispose();
  await expect(returns).toContainText('Approved', { timeout: 30_000 });
  const mails = page.getByRole('region', { name: 'Mails about this order' }).getByRole('listitem');
  await expect(mails.filter({ hasText: 'Return approval' })).toHaveCount(1, { timeout: 30_000 });

  // On a phone: by thumb to the list, by keys through the steps.
  const floor = await pageAs(browser, url, 'rui', true);
  const row = floor
    .getByRole('list', { name: /^Returns/ })
    .getByRole('listitem')
    .filter({ hasText: order.orderNumber });
  await expect(async () => {
    await floor.goto(`/warehouse/returns?warehouse=${warehouse}&view=expected`);
    await expect(row).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await expectAccessible(floor, 'the returns of a warehouse');
  await row.getByRole('link').click();
  await expect(floor.getByText('“The glaze is chipped”')).toBeVisible();
  await expect(floor.getByRole('button', { name: 'Receive 2 items' })).toBeFocused();
  await expectAccessible(floor, 'a return to receive');
  await floor.keyboard.press('Enter');
  await expect(floor.getByRole('region', { name: 'In hand' })).toContainText('1 of 2');
  await expectAccessible(floor, 'a return to inspect');
  await floor.keyboard.press('1');
  await expect(floor.getByRole('region', { name: 'In hand' })).toContainText('2 of 2');
  await floor.keyboard.press('3');
  await expect(floor.getByRole('button', { name: 'Record 2 items' })).toBeFocused();
  await floor.keyboard.press('Backspace');
  await floor.keyboard.press('2');
  await floor.keyboard.press('Enter');
  await expect(floor.getByText('The inspection is done.')).toBeVisible();
  await expect(floor.getByRole('list', { name: 'What was found' })).toContainText('Damaged');
  expect(await floor.evaluate(() => document.documentElement.scrollWidth), 'no sideways scroll').toBe(390);
  await expectAccessible(floor, 'an inspected return');
  await floor.context().close();

  await expect(returns).toContainText('Refunded', { timeout: 30_000 });
  await expect(page.getByRole('region', { name: 'Refunds' })).toContainText('Done');
  await expect(mails.filter({ hasText: 'Return arrival notice' })).toHaveCount(1, { timeout: 30_000 });
  await expectAccessible(page, 'an order with a refunded return');

  // Who followed no page is told by mail what to do.
  await page.goto(`/mailbox?order=${order.orderId}&link=${order.link}`);
  const mailbox = page.getByRole('list', { name: 'Mails' });
  await expect(mailbox).toContainText(`Your return of order ${order.orderNumber} is approved`);
  await expect(mailbox).toContainText(`Your return of order ${order.orderNumber} has arrived`);
});
