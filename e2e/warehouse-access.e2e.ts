import { expect } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { test } from './test.ts';
import { cup, orderInQueue, pageAs, scan, startPicking, teaCup } from './warehouse-floor.ts';

for (const phone of [false, true]) {
  test(`every screen of the floor is accessible in both themes, ${phone ? 'on a phone' : 'at a desk'}`, async ({
    browser,
    baseURL,
  }) => {
    test.slow();
    const url = baseURL ?? '';
    const order = await orderInQueue(url, [
      { sku: cup, quantity: 1 },
      { sku: teaCup, quantity: 2 },
    ]);
    const page = await pageAs(browser, url, 'rui', phone);
    await page.goto('/warehouse?warehouse=OPO');
    await expect(page.getByRole('list', { name: 'Queue of Porto' })).toBeVisible();
    await expectAccessible(page, 'queue');
    await page.goto('/warehouse?warehouse=OPO&text=nothing-is-called-this');
    await expect(page.getByText('Nothing in Porto matches')).toBeVisible();
    await expectAccessible(page, 'empty queue');
    await page.goto(`/warehouse/fulfillments/${order.fulfillmentId}`);
    await expect(page.getByRole('button', { name: 'Start picking' })).toBeVisible();
    await expectAccessible(page, 'start');
    await startPicking(page, order);
    await scan(page, 'XYZ-1');
    await expect(page.getByText('Wrong item')).toBeVisible();
    await expectAccessible(page, 'pick, wrong item');
    await scan(page, cup);
    await expect(page.getByText('Right item.')).toBeVisible();
    await expectAccessible(page, 'pick, right item');
    await page.keyboard.press('F2');
    await expect(page.getByRole('dialog', { name: /Short pick/ })).toBeVisible();
    await expectAccessible(page, 'short pick');
    await page.keyboard.press('Escape');
    await expect(page.getByLabel('Scan bin or item')).toBeFocused();
    await scan(page, teaCup);
    await scan(page, teaCup);
    await expect(page.getByText('All picked')).toBeVisible();
    await expectAccessible(page, 'all picked');
    await page.getByRole('button', { name: 'Pack 3 items' }).click();
    await expect(page.getByRole('heading', { name: 'Packing list' })).toBeVisible();
    await expectAccessible(page, 'pack');
    await page.getByRole('button', { name: 'Close 1 parcel' }).click();
    await expect(page.getByRole('button', { name: 'Ship with PostNordic' })).toBeVisible();
    await expectAccessible(page, 'ship');
    await page.getByRole('button', { name: 'Ship with PostNordic' }).click();
    await expect(page.getByText('It is with the carrier.')).toBeVisible();
    await expectAccessible(page, 'after');
    await page.goto('/warehouse/shipped?warehouse=OPO');
    await expect(page.getByRole('listitem').filter({ hasText: order.orderNumber })).toBeVisible();
    await expectAccessible(page, 'shipped');
    await page.getByRole('button', { name: `Delivery failed: ${order.orderNumber}` }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, 'delivery failed');
  });
}
