import { expect } from '@playwright/test';
import { test } from './test.ts';
import { apiAs, cup, orderInQueue, pageAs, pickedOf, scan, startPicking } from './warehouse-floor.ts';

const url = (baseURL: string | undefined): string => baseURL ?? '';

test('scans made without a connection are kept, and recorded once when it is back', async ({ browser, baseURL }) => {
  const order = await orderInQueue(url(baseURL), [{ sku: cup, quantity: 3 }]);
  const page = await pageAs(browser, url(baseURL), 'rui', true);
  await startPicking(page, order);
  await scan(page, cup);
  const floor = await apiAs(url(baseURL), 'rui');
  await expect.poll(() => pickedOf(floor, order)).toBe(1);
  await page.context().setOffline(true);
  await scan(page, cup);
  await scan(page, cup);
  await expect(page.getByText('Connection lost. Scans are kept here, 2 waiting.')).toBeVisible();
  await expect(page.getByText('All picked')).toBeVisible();
  expect(await pickedOf(floor, order)).toBe(1);
  await page.context().setOffline(false);
  await expect(page.getByText('Connection lost.')).toHaveCount(0);
  await expect.poll(() => pickedOf(floor, order)).toBe(3);
  await floor.dispose();
});

test('a scan whose answer was lost is sent again under its own id, and counts once', async ({ browser, baseURL }) => {
  const order = await orderInQueue(url(baseURL), [{ sku: cup, quantity: 3 }]);
  const page = await pageAs(browser, url(baseURL), 'rui', true);
  await startPicking(page, order);
  const ids: string[] = [];
  await page.route('**/api/trpc/warehouse.fulfillment.pickItem**', async (route) => {
    ids.push(route.request().postDataJSON().commandId);
    if (ids.length > 1) return route.continue();
    // It arrives and is recorded; only the answer never comes back.
    await route.fetch();
    return route.abort('connectionreset');
  });
  await scan(page, cup);
  await expect.poll(() => ids.length).toBe(2);
  expect(new Set(ids).size).toBe(1);
  await expect(page.getByText('Connection lost.')).toHaveCount(0);
  await expect(page.getByText('1 of 3').first()).toBeVisible();
  const floor = await apiAs(url(baseURL), 'rui');
  expect(await pickedOf(floor, order)).toBe(1);
  await floor.dispose();
});

test('a scan that was kept when the page was closed is sent by the next one', async ({ browser, baseURL }) => {
  const order = await orderInQueue(url(baseURL), [{ sku: cup, quantity: 2 }]);
  const page = await pageAs(browser, url(baseURL), 'rui', true);
  await startPicking(page, order);
  const floor = await apiAs(url(baseURL), 'rui');
  await page.route('**/api/trpc/warehouse.fulfillment.pickItem**', (route) => route.abort());
  await scan(page, cup);
  await expect(page.getByText('Connection lost. Scans are kept here, 1 waiting.')).toBeVisible();
  const context = page.context();
  await page.close();
  expect(await pickedOf(floor, order)).toBe(0);
  const next = await context.newPage();
  await next.goto('/warehouse?warehouse=OPO');
  await expect.poll(() => pickedOf(floor, order)).toBe(1);
  await floor.dispose();
});
