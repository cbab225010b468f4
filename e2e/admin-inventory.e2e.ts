import { expect } from '@playwright/test';
import { test } from './test.ts';
import { apiAs, ask, pageAs } from './warehouse-floor.ts';

/** No other test touches the globe. */
const sku = 'DSK-GLB-20';

const availableInShop = async (baseURL: string): Promise<number> => {
  const guest = await apiAs(baseURL, null);
  const { items } = await ask(guest, 'shop.catalog.list', { text: sku });
  await guest.dispose();
  return items[0].available;
};

test('adjusted stock stands in the ledger over a double rule, and in the shop', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const before = await availableInShop(url);
  const page = await pageAs(browser, url, 'ana');
  await page.goto(`/admin/inventory?q=${sku}`);
  await page.getByRole('row').filter({ hasText: sku }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByTestId('closing')).toHaveText(String(before));
  await sheet.getByRole('button', { name: 'Adjust stock' }).click();
  await sheet.getByRole('combobox', { name: 'Warehouse' }).click();
  await page.getByRole('option', { name: 'Porto' }).click();
  await sheet.getByRole('textbox', { name: /Change in units/ }).fill('7');
  await sheet.getByRole('button', { name: 'Adjust by +7' }).click();
  await expect(sheet.getByTestId('closing')).toHaveText(String(before + 7));
  await expect(sheet.getByRole('row').filter({ hasText: 'corrected by +7' }).last()).toContainText('Counted again');
  await expect(
    page.getByRole('button', { name: `Available of ${sku}: ${before + 7}`, includeHidden: true }),
  ).toBeAttached();
  expect(await availableInShop(url)).toBe(before + 7);
});

test('stock that is not there cannot be adjusted away, and the screen says why', async ({ browser, baseURL }) => {
  const page = await pageAs(browser, baseURL ?? '', 'ana');
  await page.goto('/admin/inventory?q=AUD-RAD-04');
  await page.getByRole('row').filter({ hasText: 'AUD-RAD-04' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Adjust stock' }).click();
  const change = sheet.getByRole('textbox', { name: /Change in units/ });
  await change.fill('0');
  await sheet.getByRole('button', { name: /^Adjust/ }).click();
  await expect(sheet).toContainText('Enter a change other than 0');
  await expect(change).toBeFocused();
  await change.fill('-900000');
  await sheet.getByRole('button', { name: /^Adjust by/ }).click();
  await expect(sheet).toContainText(/free/);
});
