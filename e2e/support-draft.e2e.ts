import { expect, type Page } from '@playwright/test';
import { v7 } from 'uuid';
import { expectAccessible } from './axe.ts';
import { hold, openDesk, search } from './support-desk.ts';
import { test } from './test.ts';
import { cup, teaCup } from './warehouse-floor.ts';

/** Finds a product in the sheet and takes it. */
const add = async (page: Page, sku: string, name: string): Promise<void> => {
  const products = page.getByRole('combobox', { name: 'Add a product' });
  await products.focus();
  await page.keyboard.type(sku);
  await expect(page.getByRole('listbox').getByRole('option')).toHaveText([new RegExp(name)]);
  await page.keyboard.press('Enter');
};

test('an order on the phone, by keyboard alone: customer, goods, agreed price, draft, found, placed, confirmed', async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const page = await openDesk(browser, baseURL ?? '');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.keyboard.press('o');
  const sheet = page.getByRole('dialog', { name: 'New order' });
  await expect(sheet.getByRole('combobox', { name: 'Find the customer' })).toBeFocused();

  // A customer that is known: contact and address are there at once, and the focus goes on to the goods.
  await page.keyboard.type('marta@waybill');
  await expect(page.getByRole('option', { name: /marta@waybill\.example/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(sheet.getByLabel('E-mail')).toHaveValue('marta@waybill.example');
  await expect(sheet.getByRole('combobox', { name: 'Add a product' })).toBeFocused();
  const reference = `Rua ${v7().slice(-8)}`;
  await add(page, cup, 'Saucer cup');
  await add(page, teaCup, 'Handle-free tea cup');
  await expect(sheet.getByRole('list', { name: 'Lines of the order' }).getByRole('listitem')).toHaveCount(2);

  await sheet
    .getByRole('button', { name: /^Another price/ })
    .first()
    .press('Enter');
  await expect(sheet.getByLabel(/^Price in/)).toBeFocused();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('5.00');
  await page.keyboard.press('Tab');
  // Not without a reason.
  await page.keyboard.press('Control+s');
  await expect(sheet.getByText('Say why, for whoever asks later.')).toBeVisible();
  await expect(sheet.getByLabel('Reason for the price')).toBeFocused();
  await page.keyboard.type('A scratch on the rim');
  for (const [label, text] of [
    ['Street and number', reference],
    ['Postal code', '4050-262'],
    ['Town', 'Porto'],
  ] as const) {
    await sheet.getByLabel(label).focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.type(text);
  }
  await expect(sheet.getByTestId('draft-total')).not.toHaveText('–');
  await expectAccessible(page, 'new order');
  const total = (await sheet.getByTestId('draft-total').textContent()) ?? '';
  await page.keyboard.press('Control+s');
  await expect(sheet).toBeHidden();

  const order = page.getByRole('article', { name: /^Order / });
  await expect(order.getByRole('heading', { level: 2 })).toBeVisible();
  const number = (await order.getByRole('heading', { level: 2 }).textContent())?.match(/WB-\d+/)?.[0] ?? '';
  await expect(order).toContainText('Draft');
  await expect(order).toContainText(total);
  await expect(order).toContainText('Agreed price');
  await expect(order.getByRole('button', { name: 'Refund' })).toHaveCount(0);
  await expectAccessible(page, 'draft');

  // Found again among the drafts, and only there.
  await page.keyboard.press('Escape');
  await search(page, `status:draft ${number}`);
  await page.getByRole('button', { name: /^Drafts/ }).press('Enter');
  const row = page.getByRole('grid', { name: 'Orders' }).getByRole('row').filter({ hasText: number });
  await expect(row).toContainText('Draft');
  await page.getByRole('searchbox', { name: 'Search orders' }).press('Enter');
  await expect(row).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('Draft begun');
  await page.keyboard.press('e');
  const draft = page.getByRole('dialog', { name: `Draft ${number}` });
  await expect(draft.getByLabel('Street and number')).toHaveValue(reference);
  await page.keyboard.press('Control+Enter');
  const place = page.getByRole('dialog', { name: `Place ${number} for ${total}?` });
  await expect(place.getByLabel('Card number')).toBeFocused();
  await page.keyboard.type('4242 4242 4242 4242');
  await page.keyboard.press('Tab');
  await page.keyboard.type('12/40');
  await page.keyboard.press('Tab');
  await page.keyboard.type('123');
  await expectAccessible(page, 'card on the phone');
  await page.keyboard.press('Enter');
  await expect(place).toBeHidden();
  const timeline = page.getByRole('list', { name: 'Timeline' });
  await expect(timeline).toContainText('Order confirmed', { timeout: 30_000 });
  await expect(timeline).toContainText('A scratch on the rim');
  await expect(order).toContainText('Confirmed');

  // Her other orders, beside this one.
  await order.getByRole('button', { name: /^\d+ orders$/ }).press('Enter');
  await expect(page.getByRole('grid', { name: 'Orders' }).getByRole('row').nth(3)).toContainText('Marta');
  await expect(order.getByRole('heading', { level: 2 })).toContainText(number);
});

test('scanned faster than the catalog answers, each product is added once, and one that is not on sale is named', async ({
  browser,
  baseURL,
}) => {
  const page = await openDesk(browser, baseURL ?? '');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  const release = await hold(page, 'shop.catalog.list');
  await page.keyboard.press('o');
  const sheet = page.getByRole('dialog', { name: 'New order' });
  await expect(sheet).toBeVisible();
  const products = sheet.getByRole('combobox', { name: 'Add a product' });
  await products.focus();
  for (const sku of [cup, teaCup, cup, 'NO-SUCH-99']) {
    await page.keyboard.type(sku);
    await page.keyboard.press('Enter');
    await expect(products).toHaveValue('');
  }
  await expect(sheet.getByText(`Looking for “${cup}”`)).toBeVisible();
  release();
  const lines = sheet.getByRole('list', { name: 'Lines of the order' }).getByRole('listitem');
  await expect(lines).toHaveText([/Saucer cup/, /Handle-free tea cup/]);
  await expect(sheet.getByText('“NO-SUCH-99” was not added')).toBeVisible();
  await expect(lines.first().getByRole('textbox', { name: /^Quantity/ })).toHaveValue('2');
});

test('what was saved on the way to the card is discarded for good, or says why not', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const page = await openDesk(browser, url);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.keyboard.press('o');
  const sheet = page.getByRole('dialog', { name: 'New order' });
  await expect(sheet.getByRole('combobox', { name: 'Find the customer' })).toBeFocused();
  await page.keyboard.type('marta@waybill');
  await expect(page.getByRole('option', { name: /marta@waybill\.example/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await add(page, cup, 'Saucer cup');
  for (const [label, text] of [
    ['Street and number', 'Rua das Flores 1'],
    ['Postal code', '4050-262'],
    ['Town', 'Porto'],
  ] as const)
    await sheet.getByLabel(label).fill(text);
  let saved = 0;
  page.on('request', (request) => {
    if (request.url().includes('support.draft.create')) saved += 1;
  });
  const code = sheet.getByLabel('Discount code (optional)');
  await code.fill('NO-SUCH-CODE');
  await code.press('Control+Enter');
  // It is looked at first: nothing is saved without it.
  await expect(sheet.getByText(/NO-SUCH-CODE/).first()).toBeVisible();
  expect(saved).toBe(0);
  await code.fill('');
  await code.press('Enter');
  await code.press('Control+Enter');
  const place = page.getByRole('dialog', { name: /^Place WB-/ });
  const number = (await place.getByRole('heading').textContent())?.match(/WB-\d+/)?.[0] ?? '';
  await place.getByRole('button', { name: 'Not yet' }).click();

  const draft = page.getByRole('dialog', { name: `Draft ${number}` });
  const discard = async () => {
    await draft.getByRole('button', { name: 'Discard' }).click();
    await page
      .getByRole('alertdialog')
      .getByRole('button', { name: `Discard ${number}` })
      .click();
  };
  await page.route('**/api/trpc/support.draft.discard**', (route) => route.abort());
  await discard();
  await expect(draft.getByText('Waybill can’t be reached.')).toBeVisible();
  await page.unroute('**/api/trpc/support.draft.discard**');
  await discard();
  await expect(page.getByText(`${number} is discarded`)).toBeVisible();
  await search(page, `${number}`);
  await expect(page.getByRole('grid', { name: 'Orders' }).getByRole('row').filter({ hasText: number })).toContainText(
    'Discarded',
  );
});
