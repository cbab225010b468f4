import { expect } from '@playwright/test';
import { test } from './test.ts';

for (const [where, path] of [
  ['the shop', '/'],
  ['the sign-in', '/sign-in'],
] as const)
  test(`${where} says that nothing can be recorded while the disk is full, and no more once it can`, async ({
    page,
  }) => {
    let status = 'read-only';
    await page.route('**/api/health', (route) => route.fulfill({ json: { status } }));
    await page.goto(path);
    const banner = page
      .getByRole('alert')
      .filter({ hasText: 'Waybill can read but not record now: its disk is full.' });
    await expect(banner).toBeVisible();
    status = 'ok';
    await expect(banner).toBeHidden({ timeout: 10_000 });
  });
