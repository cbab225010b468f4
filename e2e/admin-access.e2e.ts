import { expect } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { test } from './test.ts';
import { pageAs } from './warehouse-floor.ts';

for (const phone of [false, true])
  test(`the admin's screens are accessible in both themes, ${phone ? 'on a phone' : 'at a desk'}`, async ({
    browser,
    baseURL,
  }) => {
    test.slow();
    const page = await pageAs(browser, baseURL ?? '', 'ana', phone);
    await page.goto('/admin');
    await expect(page.getByRole('row').nth(1)).toBeVisible();
    await expectAccessible(page, 'fulfillment');
    await page.goto('/admin?view=board');
    await expect(page.getByRole('region', { name: /^Open/ })).toBeVisible();
    await expectAccessible(page, 'board');
    await page.goto('/admin/inventory');
    await page.getByRole('row').nth(1).click();
    await expect(page.getByTestId('closing')).toBeVisible();
    await expectAccessible(page, 'ledger');
    await page.getByRole('button', { name: 'Receive stock' }).click();
    await expectAccessible(page, 'receive stock');
    await page.keyboard.press('Escape');
    await expectAccessible(page, 'inventory');
    await page.goto('/admin/inventory?q=nothing-is-called-this');
    await expect(page.getByText('Nothing in stock matches')).toBeVisible();
    await expectAccessible(page, 'nothing in stock');
    await page.goto('/admin/analytics');
    await expect(page.getByRole('figure', { name: 'Revenue a day' })).toBeVisible();
    await expectAccessible(page, 'analytics');
    await page.goto('/admin/system');
    await expect(page.getByRole('heading', { name: 'Database' })).toBeVisible();
    await expectAccessible(page, 'system');
  });

test('the stock is worked by keyboard alone', async ({ browser, baseURL }) => {
  const page = await pageAs(browser, baseURL ?? '', 'ana');
  await page.goto('/admin/inventory');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('AUD-MIC-58');
  await expect(page.getByRole('grid').getByRole('row')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox').blur();
  await page.keyboard.press('j');
  await expect(page.getByRole('row').nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('closing')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('row').nth(1)).toBeFocused();
});
