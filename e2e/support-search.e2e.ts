import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { byPalette, openDesk, placedOrder, rowOf, search } from './support-desk.ts';
import { test } from './test.ts';
import { cup, pageAs } from './warehouse-floor.ts';

test('an order is found, while typing, by its number, e-mail, SKU, name and a misspelled name', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const page = await openDesk(browser, url);
  const surname = order.name.split(' ')[1] ?? '';
  const swapped = `${surname.slice(0, 4)}${surname[5]}${surname[4]}${surname.slice(6)}`;
  for (const text of [
    order.orderNumber.toLowerCase(),
    order.email,
    order.email.slice(0, 30),
    cup.toLowerCase(),
    order.name,
    surname.slice(0, 6),
    `Margerite ${swapped}`,
  ]) {
    await search(page, text);
    await expect(rowOf(page, order), `found by ${text}`).toBeVisible();
  }
  const exportIt = () => page.getByRole('button', { name: 'Export this list as CSV' }).click();
  // What was found by its likeness alone is no part of a file; that must not be found out later.
  await expect(page.getByText(/^Nothing is spelled just like that/)).toBeVisible();
  await exportIt();
  await expect(page.getByText('What is merely spelled alike is not in the file.')).toBeVisible();
  await page.route('**/api/export/**', (route) => route.fulfill({ status: 503 }));
  await exportIt();
  await expect(page.getByText('Other exports are under way. Try again in a moment.')).toBeVisible();
  await search(page, 'nobody-is-called-0-this');
  await expect(page.getByText('Nothing found for')).toBeVisible();
});

test('filters become chips, stay in the address, and one that is no state says so', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const page = await openDesk(browser, url);
  await search(page, 'payment:authorized ');
  await expect(page.getByRole('button', { name: 'Remove filter payment authorized' })).toBeVisible();
  await expect(rowOf(page, order)).toBeVisible();
  await expect(page).toHaveURL(/q=payment:authorized/);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Remove filter payment authorized' })).toBeVisible();
  await search(page, 'payment:captred ');
  await expect(page.getByText('payment:captred is not a state. Try captured, authorized, declined.')).toBeVisible();
  await expectAccessible(page, 'a filter that is none');
  await page.getByRole('button', { name: 'Take payment:authorized' }).click();
  await page.getByRole('button', { name: 'Edit filter payment authorized' }).first().click();
  const chip = page.getByRole('textbox', { name: 'Edit filter' });
  await chip.fill('-payment:authorized');
  await chip.press('Enter');
  await expect(page.getByRole('button', { name: 'Remove filter payment not authorized' })).toBeVisible();
  await expect(page).toHaveURL(/q=-payment:authorized/);
  await expect(rowOf(page, order)).toHaveCount(0);
});

test('editing a filter keeps the focus in the search box, and Esc leaves it as it was', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  await placedOrder(url);
  const page = await openDesk(browser, url, '/support?view=all');
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 20_000 });
  const box = page.getByRole('searchbox', { name: 'Search orders' });
  const chip = page.getByRole('textbox', { name: 'Edit filter' });
  const edit = (value: string) => page.getByRole('button', { name: `Edit filter payment ${value}` }).click();
  await search(page, 'payment:authorized ');
  await edit('authorized');
  await chip.fill('payment:captured');
  await chip.press('Escape');
  await expect(box).toBeFocused();
  await edit('authorized');
  await chip.fill('payment:ref');
  await page.getByRole('button', { name: 'refunded', exact: true }).click();
  await expect(box).toBeFocused();
  await edit('refunded');
  await chip.fill('payment:captured');
  await chip.press('Enter');
  await expect(box).toBeFocused();
  await page.getByRole('button', { name: 'Remove filter payment captured' }).click();
  await expect(box).toBeFocused();
  // A blank after the colon.
  await page.keyboard.type('payment: ');
  await expect(page.getByText(/^Say which: payment:/)).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row').nth(1)).toBeFocused();
});

test('a search is kept as a view, found again by a colleague, with sort, columns and a file of its own', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const name = `Mine ${order.orderId.slice(-8)}`;
  // Sort and columns are kept per agent: of one who has no list open in another test.
  const page = await pageAs(browser, url, 'ana');
  await page.goto(`/support?view=all&q=${order.email}`, { waitUntil: 'domcontentloaded' });
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('columnheader', { name: 'Total' }).click();
  await expect(page).toHaveURL(/sort=-total/);

  await byPalette(page, 'Save this view');
  await page.getByRole('button', { name: 'Save view' }).click();
  await expect(page.getByText('Enter a name')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('checkbox', { name: /Share with all agents/ }).click();
  await expectAccessible(page, 'saving a view');
  await page.getByRole('button', { name: 'Save view' }).click();
  await expect(page.getByRole('button', { name: `${name} 1` })).toHaveAttribute('aria-pressed', 'true');

  await byPalette(page, 'Columns and sort');
  await page.getByRole('checkbox', { name: 'Ship to' }).click();
  await page.getByRole('checkbox', { name: 'Needs' }).click();
  await expectAccessible(page, 'choosing columns');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Ship to' })).toBeVisible();
  const downloading = page.waitForEvent('download');
  await byPalette(page, 'Export this list as CSV');
  const file = await readFile(await (await downloading).path(), 'utf8');
  expect(file.split('\r\n').filter((line) => line.includes(order.orderNumber))).toHaveLength(1);
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Ship to' })).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Needs' })).toHaveCount(0);

  const colleague = await openDesk(browser, url);
  await expect(colleague.getByText('Live', { exact: true })).toBeVisible({ timeout: 20_000 });
  await colleague.getByRole('button', { name: 'Saved views' }).click();
  const entry = colleague.getByRole('listitem').filter({ hasText: name });
  await expect(entry.getByRole('button', { name: `Delete ${name}` })).toHaveCount(0);
  await entry.getByRole('button').click();
  await expect(rowOf(colleague, order)).toBeVisible();
  await expect(colleague.getByRole('columnheader', { name: 'Needs' })).toBeVisible();

  await page.getByRole('button', { name: 'Columns and sort' }).click();
  await page.getByRole('button', { name: 'Back to the usual columns' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('button', { name: `Delete ${name}` }).click();
  await expect(page.getByRole('button', { name: `Delete ${name}` })).toHaveCount(0);
});
