import { expect } from '@playwright/test';
import { v7 } from 'uuid';
import { expectAccessible } from './axe.ts';
import { newCustomer, title } from './shop-buyer.ts';
import { openOrder, placedOrder, ship } from './support-desk.ts';
import { test } from './test.ts';
import { apiAs, ask, call, cup } from './warehouse-floor.ts';

test('a guest’s link opens the order, which then lives: mails, parcel and refund come by themselves', async ({
  page,
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  await page.goto(`/orders/${order.orderId}?link=${order.link}`);
  await expect(title(page, 'Order confirmed')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Your link' })).toContainText('It opens this one order until');
  const mails = page.getByRole('region', { name: 'Mails about this order' }).getByRole('listitem');
  await expect(mails.filter({ hasText: 'Order confirmation' })).toHaveCount(1, { timeout: 30_000 });

  // The desk sends the confirmation again; its timeline tells so.
  const desk = await openOrder(browser, url, order);
  await desk.getByRole('button', { name: 'More', exact: true }).click();
  await desk.getByRole('menuitem', { name: 'Send the confirmation again' }).click();
  await expect(desk.getByText('The confirmation goes out again.')).toBeVisible();
  const timeline = desk.getByRole('list', { name: 'Timeline' });
  await expect(timeline.getByText('Mail sent: order confirmation')).toHaveCount(2, { timeout: 30_000 });
  await expect(timeline).toContainText('Asked for another mail: order confirmation');
  await desk.context().close();
  await expect(mails.filter({ hasText: 'Order confirmation' })).toHaveCount(2, { timeout: 30_000 });

  await ship(url, order);
  await expect(title(page, 'On its way')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('region', { name: 'Parcels' })).toContainText('Handed to the carrier');
  const agent = await apiAs(url, 'ines');
  const { waybill } = await ask(agent, 'support.order.get', { orderId: order.orderId });
  const [paymentId] = Object.keys(waybill.payments);
  const refund = { paymentId, refundId: v7(), amountMinor: 500, reason: 'Broken on arrival' };
  await call(agent, 'support.order.refund', { orderId: order.orderId, commandId: v7(), ...refund });
  await agent.dispose();
  const refunds = page.getByRole('region', { name: 'Refunds' });
  await expect(refunds).toContainText('€\u00a05.00');
  await expect(refunds).toContainText('Done', { timeout: 30_000 });
  await expect(mails.filter({ hasText: 'Refund notice' })).toHaveCount(1, { timeout: 30_000 });
  await expectAccessible(page, 'an order with parcel, refund and mails');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no sideways scroll').toBe(390);
});

test('a mail is shown as it was written, and its button opens the order for who knows nothing else', async ({
  page,
  baseURL,
}) => {
  const order = await placedOrder(baseURL ?? '');
  await page.setViewportSize({ width: 390, height: 844 });
  const mailbox = `/mailbox?order=${order.orderId}&link=${order.link}`;
  await expect(async () => {
    await page.goto(mailbox);
    await expect(page.getByRole('list', { name: 'Mails' })).toContainText(`Order ${order.orderNumber} is confirmed`);
  }).toPass({ timeout: 30_000 });
  const mail = page.frameLocator('iframe');
  await expect(mail.getByRole('heading', { name: 'Your order is confirmed' })).toBeVisible();
  await expect(mail.getByText(order.total, { exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth), 'no sideways scroll').toBe(390);
  await expectAccessible(page, 'the mailbox');
  await mail.getByRole('link', { name: 'Follow your order' }).click();
  await expect(page).toHaveURL(new RegExp(`/orders/${order.orderId}\\?link=`));
  await expect(title(page, 'Order confirmed')).toBeVisible();
  // One letter of it changed, a link is nothing.
  const forged = order.link.endsWith('A') ? `${order.link.slice(0, -1)}B` : `${order.link.slice(0, -1)}A`;
  await page.goto(`/orders/${order.orderId}?link=${forged}`);
  await expect(page.getByText('There is no such order, or it is not yours.')).toBeVisible();
});

test('my orders live: one that was placed elsewhere, and what happens to it, is seen without reloading', async ({
  page,
  baseURL,
}) => {
  const url = baseURL ?? '';
  await newCustomer(page.request, url);
  await page.goto('/orders');
  await expect(page.getByText('You have not ordered anything')).toBeVisible();
  const headers = { origin: url };
  const post = async (procedure: string, data: object) =>
    (await (await page.request.post(`/api/trpc/${procedure}`, { data, headers })).json()).result.data;
  const card = { number: '4242 4242 4242 4242', expiry: '12/40', cvc: '123' };
  const { cardToken } = await post('shop.tokenizeCard', card);
  const orderId = v7();
  const name = 'Lena Sommer';
  await post('shop.placeOrder', {
    orderId,
    commandId: v7(),
    lines: [{ sku: cup, quantity: 1 }],
    contact: { name, email: `${orderId}@example.test`, phone: null },
    address: { name, street: 'Rua das Flores 1', postalCode: '4050-262', city: 'Porto', region: null, country: 'PT' },
    shippingMethod: 'standard',
    discountCode: null,
    cardToken,
    agreedTotalMinor: null,
  });
  const row = page.getByRole('list', { name: 'Orders' }).getByRole('listitem');
  await expect(row).toContainText('Confirmed', { timeout: 30_000 });
  const agent = await apiAs(url, 'ines');
  await call(agent, 'support.order.cancel', { orderId, commandId: v7(), reason: 'Ordered twice', restock: true });
  await agent.dispose();
  await expect(row).toContainText('Canceled', { timeout: 30_000 });
});
