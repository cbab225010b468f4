import { expect, test } from '@playwright/test';
import { openDesk, placedOrder, rowOf, search } from './support-desk.ts';
import { cup } from './warehouse-floor.ts';

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
  await page.getByRole('button', { name: 'Remove filter payment captred' }).click();
  await search(page, 'hold:any ');
  await expect(rowOf(page, order)).toHaveCount(0);
});
