import { expect } from '@playwright/test';
import { luxembourg, shippedToLuxembourg } from './admin-orders.ts';
import { euros } from './support-desk.ts';
import { test } from './test.ts';
import { apiAs, ask, pageAs } from './warehouse-floor.ts';

test('the figures equal what was bought', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const admin = await apiAs(url, 'ana');
  const today = new Date().toISOString().slice(0, 10);
  const figures = async () => {
    const input = { from: '2026-01-01', to: today, currency: 'EUR', country: luxembourg };
    const { countries } = await ask(admin, 'admin.analytics.overview', input);
    return countries[0] ?? { orders: 0, revenueMinor: 0, units: 0 };
  };
  const before = await figures();
  const bought = [await shippedToLuxembourg(url, 2), await shippedToLuxembourg(url, 3)];
  const revenueMinor = before.revenueMinor + bought.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
  await expect.poll(figures).toMatchObject({ orders: before.orders + 2, units: before.units + 5, revenueMinor });
  const page = await pageAs(browser, url, 'ana');
  await page.goto(`/admin/analytics?preset=all&country=${luxembourg}`);
  await expect(
    page
      .getByRole('definition')
      .filter({ hasText: euros(revenueMinor).replace(/\B(?=(\d{3})+\.)/g, ',') })
      .first(),
  ).toBeVisible();
  await page.getByRole('figure', { name: 'Revenue by country' }).getByRole('button', { name: 'Table' }).click();
  await expect(page.getByRole('region', { name: 'Revenue by country, table' })).toContainText('Luxembourg');
  await admin.dispose();
});
