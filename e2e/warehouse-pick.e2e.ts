import { expect } from '@playwright/test';
import { v7 } from 'uuid';
import { test } from './test.ts';
import {
  apiAs,
  ask,
  call,
  cup,
  orderInQueue,
  pageAs,
  pickedOf,
  scan,
  startPicking,
  teaCup,
} from './warehouse-floor.ts';

const url = (baseURL: string | undefined): string => baseURL ?? '';

test('an order goes from the queue to the carrier by keyboard alone, with a short pick on the way', async ({
  browser,
  baseURL,
}) => {
  const order = await orderInQueue(url(baseURL), [
    { sku: cup, quantity: 2 },
    { sku: teaCup, quantity: 1 },
  ]);
  const page = await pageAs(browser, url(baseURL), 'rui');
  await page.goto('/warehouse?warehouse=OPO');
  await expect(page.getByRole('heading', { name: 'Queue' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Queue of Porto' })).toBeVisible();

  await page.keyboard.press('/');
  await page.keyboard.type(order.orderNumber);
  await expect(page.getByRole('listitem').filter({ hasText: order.orderNumber })).toHaveCount(1);
  await expect(page.getByRole('list', { name: 'Queue of Porto' }).getByRole('listitem')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('button', { name: 'Start picking' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Scan bin or item')).toBeFocused();

  await scan(page, cup);
  await expect(page.getByText('Right item. One more.')).toBeVisible();
  await page.keyboard.press('F2');
  await expect(page.getByRole('dialog', { name: /Short pick/ })).toBeVisible();
  await page.getByRole('button', { name: 'Report 1 missing' }).press('Enter');
  await expect(page.getByText(/reported missing/)).toBeVisible();
  await expect(page.getByLabel('Scan bin or item')).toBeFocused();
  await scan(page, teaCup.toLowerCase());
  await expect(page.getByText('All picked')).toBeVisible();
  await expect(page.getByText('2 of 2')).toBeVisible();

  // Enter on the empty field goes on to the packing table.
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Weight of parcel 1, kg')).toBeFocused();
  await page.keyboard.type('0.9x');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Enter kilograms with up to three decimals, like 1.250')).toBeVisible();
  await expect(page.getByLabel('Weight of parcel 1, kg')).toBeFocused();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');

  await expect(page.getByRole('button', { name: 'Ship with PostNordic' })).toBeFocused();
  const tracking = await page.getByLabel('Tracking number').inputValue();
  expect(tracking).toMatch(/^PN\d{10}$/);
  await page.keyboard.press('Enter');
  await expect(page.getByText('It is with the carrier.')).toBeVisible();

  await page.goto('/warehouse/shipped?warehouse=OPO');
  const row = page.getByRole('listitem').filter({ hasText: order.orderNumber });
  await expect(row).toContainText(tracking);
  await row.getByRole('button', { name: `Delivered: ${order.orderNumber}` }).press('Enter');
  await expect(row).toHaveCount(0);
  await page.getByRole('button', { name: 'Delivered', exact: true }).first().press('Enter');
  await expect(page.getByRole('listitem').filter({ hasText: order.orderNumber })).toContainText('Delivered');

  const floor = await apiAs(url(baseURL), 'rui');
  const { waybill } = await ask(floor, 'warehouse.fulfillment.get', { fulfillmentId: order.fulfillmentId });
  const done = waybill.fulfillments[order.fulfillmentId];
  expect(Object.values(done.missing)).toEqual([1]);
  expect(done.status).toBe('delivered');
  await floor.dispose();
});

test('a wrong item, a wrong bin and one too many are refused, and nothing is counted', async ({ browser, baseURL }) => {
  const order = await orderInQueue(url(baseURL), [
    { sku: cup, quantity: 1 },
    { sku: teaCup, quantity: 1 },
  ]);
  const page = await pageAs(browser, url(baseURL), 'rui', true);
  await startPicking(page, order);
  await scan(page, 'HOM-CND-03');
  await expect(page.getByText('Wrong item: HOM-CND-03 is not on this walk. Put it back.')).toBeVisible();
  await scan(page, 'Z-99-9');
  await expect(page.getByText(/Wrong bin: nothing to take from Z-99-9\. Go to/)).toBeVisible();
  await scan(page, cup);
  await expect(page.getByText(/Right item\. Go on to/)).toBeVisible();
  await scan(page, cup);
  await expect(page.getByText(/is complete\. Put this one back\./)).toBeVisible();
  await page.getByRole('button', { name: 'Pack 1 item' }).click();
  await expect(page.getByText('1 item is still to be picked.')).toBeVisible();
  const floor = await apiAs(url(baseURL), 'rui');
  await expect.poll(() => pickedOf(floor, order)).toBe(1);
  await floor.dispose();
});

test('an order on hold says why it can not be picked, and the server refuses it too', async ({ browser, baseURL }) => {
  const order = await orderInQueue(url(baseURL), [{ sku: cup, quantity: 1 }]);
  const support = await apiAs(url(baseURL), 'ines');
  const { orderId, fulfillmentId } = order;
  await call(support, 'support.order.placeHold', { orderId, commandId: v7(), holdId: v7(), reason: 'Address check' });
  const page = await pageAs(browser, url(baseURL), 'rui');
  await page.goto(`/warehouse/fulfillments/${fulfillmentId}`);
  await expect(page.getByText('The order is on hold: Address check. Release the hold first.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start picking' })).toHaveCount(0);
  const floor = await apiAs(url(baseURL), 'rui');
  const refused = await floor.post('/api/trpc/warehouse.fulfillment.startPicking', {
    data: { orderId, fulfillmentId, commandId: v7() },
  });
  expect(refused.status()).toBe(409);
  expect((await refused.json()).error.data.refusal.rejection).toEqual({
    code: 'OrderOnHold',
    reasons: ['Address check'],
  });
  await page.goto('/warehouse?warehouse=OPO&view=held');
  await expect(page.getByRole('listitem').filter({ hasText: order.orderNumber })).toContainText('Address check');
  await Promise.all([floor.dispose(), support.dispose()]);
});

test('of two pickers who start the same order one has it, and the other is told who', async ({ browser, baseURL }) => {
  const order = await orderInQueue(url(baseURL), [{ sku: cup, quantity: 1 }]);
  const [first, second] = [await pageAs(browser, url(baseURL), 'ana'), await pageAs(browser, url(baseURL), 'rui')];
  // The second doesn't hear live what the first does: the press itself has to be refused.
  await second.route('**/api/trpc/live.order**', (route) => route.abort());
  await second.goto(`/warehouse/fulfillments/${order.fulfillmentId}`);
  await expect(second.getByRole('button', { name: 'Start picking' })).toBeFocused();
  await startPicking(first, order);
  const floor = await apiAs(url(baseURL), 'rui');
  await expect
    .poll(async () => {
      const { waybill } = await ask(floor, 'warehouse.fulfillment.get', { fulfillmentId: order.fulfillmentId });
      return waybill.fulfillments[order.fulfillmentId].status;
    })
    .toBe('picking');
  await second.keyboard.press('Enter');
  await expect(second.getByText(/Ana Kiss started picking this .* You have not taken it on\./)).toBeVisible();
  await expect(second.getByText('Ana Kiss is picking this order.')).toBeVisible();
  await expect(first.getByLabel('Scan bin or item')).toBeFocused();
  await floor.dispose();
});
