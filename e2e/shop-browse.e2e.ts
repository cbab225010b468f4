import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { test } from './test.ts';

const teapot = 'Stoneware teapot, 0.8 litre';
const products = (page: Page) => page.getByRole('region', { name: 'Products' });
const cartLink = (page: Page, pieces: string) =>
  page.getByRole('banner').getByRole('link', { name: `Cart, ${pieces}` });

/** Puts this many of a product into the cart, by its own page. */
const add = async (page: Page, sku: string, pieces = 1): Promise<void> => {
  await page.goto(`/products/${sku}`);
  await page.getByRole('textbox', { name: 'Quantity' }).fill(String(pieces));
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByText(`${pieces} in your cart.`)).toBeVisible();
};

test('a product is found by its category and kind, and shows its promise with dates', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.getByRole('navigation', { name: 'Categories' }).getByRole('link', { name: 'Kitchen' }).click();
  await expect(page).toHaveURL(/\/catalog\/kitchen$/);
  await page.getByRole('button', { name: 'Tea', exact: true }).click();
  await expect(page).toHaveURL(/kind=Tea/);
  await expect(products(page).getByRole('link', { name: /Chef's knife/ })).toHaveCount(0);
  await products(page).getByRole('link', { name: teapot }).click();
  await expect(page.getByRole('heading', { level: 1, name: teapot })).toBeVisible();
  const promise = page.getByRole('list', { name: 'Delivery promise' });
  await expect(promise.getByText(/^before (\w{3} )?16:00$/)).toBeVisible();
  await expect(promise.getByText(/^\w{3} \d{1,2} \w{3}$/).last()).toBeVisible();
  await expect(page.getByRole('region', { name: 'Goes with it' }).getByRole('link')).toHaveCount(4);
});

test('search and filters narrow the catalog, stay in the address, and can all be taken back', async ({ page }) => {
  await page.goto('/catalog');
  await expect(products(page).getByRole('listitem')).toHaveCount(24);
  await page.getByRole('button', { name: 'Show more products' }).click();
  await expect(products(page).getByRole('listitem')).toHaveCount(48);
  await page.getByRole('searchbox', { name: 'Search products' }).fill('teapot');
  await page.getByRole('searchbox', { name: 'Search products' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Results for “teapot”' })).toBeVisible();
  await expect(products(page).getByRole('link', { name: teapot })).toBeVisible();
  await page.getByRole('combobox', { name: 'Price' }).click();
  await page.getByRole('option', { name: 'Under € 20' }).click();
  await expect(products(page).getByRole('link', { name: teapot })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Price' })).toHaveText('Under € 20');
  await page.goto('/catalog?q=nothing-is-called-this');
  await expect(page.getByText('No product matches all of this.')).toBeVisible();
  await page.getByRole('button', { name: 'Show everything here' }).click();
  await expect(products(page).getByRole('listitem')).toHaveCount(24);
});

test('prices are sorted from low to high over all pages', async ({ page }) => {
  await page.goto('/catalog/kitchen');
  await page.getByRole('combobox', { name: 'Sort' }).click();
  await page.getByRole('option', { name: 'Price, low first' }).click();
  await expect(page).toHaveURL(/sort=price-up/);
  const shown = async (): Promise<number[]> => {
    const texts = await products(page).getByText(/^€/).allTextContents();
    return texts.map((text) => Number(text.replace(/[^\d.]/g, '')));
  };
  await expect.poll(async () => (await shown()).toSorted((a, b) => a - b).join() === (await shown()).join()).toBe(true);
});

test('the cart can be changed, a removal undone, and the server says what it comes to', async ({ page }) => {
  await add(page, 'CUP-HOT-02', 2);
  await add(page, 'CUP-TEA-05');
  await cartLink(page, '3 items').click();
  const lines = page.getByRole('list', { name: 'In your cart' }).getByRole('listitem');
  await expect(lines).toHaveCount(2);
  const cup = lines.filter({ hasText: 'Saucer cup' });
  await expect(cup.getByText('€ 33.80')).toBeVisible();
  await cup.getByRole('button', { name: 'One more' }).click();
  await expect(cup.getByText('€ 50.70')).toBeVisible();
  await cup.getByRole('button', { name: 'Remove Saucer cup' }).click();
  await expect(lines).toHaveCount(1);
  const toast = page.locator('[data-sonner-toast]').filter({ hasText: 'Saucer cup removed from your cart' });
  await toast.getByRole('button', { name: /^Undo/ }).click();
  await expect(lines.first()).toContainText('Saucer cup');
  await expect(cup.getByText('€ 50.70')).toBeVisible();
  for (const name of ['Saucer cup', 'Handle-free tea cup'])
    await page.getByRole('button', { name: `Remove ${name}` }).click();
  await expect(page.getByText('Your cart is empty.')).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: 'See all products' })).toBeVisible();
});

test('the cart survives a reload, and a second tab shows every change at once', async ({ page, context }) => {
  await add(page, 'CUP-HOT-02', 2);
  await page.reload();
  await expect(page.getByText('2 in your cart.')).toBeVisible();
  const second = await context.newPage();
  await second.goto('/cart');
  await expect(second.getByRole('textbox', { name: 'Quantity of Saucer cup' })).toHaveValue('2');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(second.getByRole('textbox', { name: 'Quantity of Saucer cup' })).toHaveValue('3');
  await second.getByRole('button', { name: 'Remove Saucer cup' }).click();
  await expect(cartLink(page, '0 items')).toBeVisible();
});

test('shipping and tax follow the country, on every page', async ({ page }) => {
  await add(page, 'CUP-HOT-02');
  await page.goto('/cart');
  await expect(page.getByText('Tax in Portugal, 23 %, included')).toBeVisible();
  await page.getByRole('combobox', { name: 'Ship to' }).selectOption({ label: 'Germany' });
  await expect(page.getByText('Tax in Germany, 19 %, included')).toBeVisible();
  await page.goto('/products/CUP-HOT-02');
  await expect(page.getByRole('combobox', { name: 'Ship to' })).toHaveValue('DE');
});

test('what is not sold says so', async ({ page }) => {
  await page.goto('/products/NO-SUCH-01');
  await expect(page.getByText("We don't sell this.")).toBeVisible();
  await page.goto('/catalog/no-such-category');
  await expect(page.getByText('There is no such category.')).toBeVisible();
});

test('home, catalog, product and cart have no barrier that axe knows, in light and in dark', async ({ page }) => {
  test.slow();
  await page.goto('/cart');
  await expect(page.getByText('Your cart is empty.')).toBeVisible();
  await expectAccessible(page, 'empty cart');
  await add(page, 'CUP-HOT-02');
  await expectAccessible(page, 'product');
  await page.goto('/');
  await expectAccessible(page, 'home');
  await page.goto('/catalog/kitchen');
  await expectAccessible(page, 'category');
  await page.goto('/catalog?q=tea');
  await expectAccessible(page, 'search');
  await page.goto('/cart');
  await expect(page.getByRole('link', { name: 'Check out' })).toBeVisible();
  await expectAccessible(page, 'cart');
});
