import { expect } from '@playwright/test';
import { placedOrder } from './support-desk.ts';
import { test } from './test.ts';
import { pageAs } from './warehouse-floor.ts';

test('a placed order appears by itself, opens with its stock, and leaves with another warehouse', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const page = await pageAs(browser, url, 'ana');
  // The newest last: it can't be scrolled away by other tests' orders.
  await page.goto('/admin?warehouse=OPO&order=age');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  const order = await placedOrder(url);
  const row = page.getByRole('row').filter({ hasText: order.orderNumber });
  await expect(async () => {
    await page.getByRole('row').nth(1).focus();
    await page.keyboard.press('End');
    await expect(row).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await expect(row).toContainText('Porto');
  await expect(row).toContainText('Open');
  await row.click();
  const sheet = page.getByRole('dialog', { name: order.orderNumber });
  await expect(sheet).toContainText('CUP-HOT-02');
  await expect(sheet.getByRole('table')).toContainText('On hand');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await page.getByRole('combobox', { name: 'Warehouse' }).click();
  await page.getByRole('option', { name: 'Reno' }).click();
  await expect(page).toHaveURL(/warehouse=RNO/);
  await expect(row).toBeHidden();
});

test('each figure filters, and the board shows the same by state', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  await placedOrder(url);
  const page = await pageAs(browser, url, 'ana');
  await page.goto('/admin');
  const ready = page.getByRole('button', { name: 'Ready' });
  await ready.click();
  await expect(ready).toHaveAttribute('aria-pressed', 'true');
  await expect(page).toHaveURL(/mark=ready/);
  await ready.click();
  await expect(page).not.toHaveURL(/mark=/);
  await page.getByRole('button', { name: 'Board' }).click();
  await expect(page.getByRole('region', { name: /^Open/ }).getByRole('listitem').first()).toBeVisible();
});
