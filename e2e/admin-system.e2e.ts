import { expect } from '@playwright/test';
import { test } from './test.ts';
import { apiAs, ask, pageAs } from './warehouse-floor.ts';

test('a projection is rebuilt while it is read', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const admin = await apiAs(url, 'ana');
  const stock = async () => (await ask(admin, 'admin.inventory.list', {})).counts.all;
  const before = await stock();
  const done = async () => {
    const { rebuilds } = await ask(admin, 'admin.system.status', {});
    return rebuilds.filter((rebuild: { state: string }) => rebuild.state === 'done').length;
  };
  const rebuiltBefore = await done();
  const page = await pageAs(browser, url, 'ana');
  await page.goto('/admin/system');
  await expect(page.getByRole('progressbar', { name: 'Inventory, checkpoint' })).toBeVisible();
  await page.getByRole('button', { name: 'Rebuild Inventory' }).click();
  const question = page.getByRole('alertdialog', { name: 'Rebuild Inventory?' });
  await expect(question.getByRole('button', { name: 'Keep as it is' })).toBeFocused();
  await question.getByRole('button', { name: 'Rebuild' }).click();
  await expect
    .poll(
      async () => {
        // Every read in between finds all of it.
        expect(await stock()).toBe(before);
        return done();
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThan(rebuiltBefore);
  await expect(page.getByRole('region', { name: 'Past rebuilds' })).toContainText('Done: Inventory');
  await admin.dispose();
});
