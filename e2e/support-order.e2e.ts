import { expect } from '@playwright/test';
import { v7 } from 'uuid';
import { byPalette, euros, hold, openOrder, placedOrder, rowOf, ship } from './support-desk.ts';
import { test } from './test.ts';
import { apiAs, ask, call } from './warehouse-floor.ts';

test('a cancellation is in pencil at once, and settles when it is recorded', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const page = await openOrder(browser, url, order);
  const letGo = await hold(page, 'support.order.cancel');
  await page.keyboard.press('c');
  const dialog = page.getByRole('alertdialog', { name: `Cancel ${order.orderNumber} for ${order.total}?` });
  await expect(dialog.getByRole('button', { name: 'Keep as it is' })).toBeFocused();
  await expect(dialog.getByLabel('Reason')).toHaveAccessibleDescription('The customer reads it.');
  await dialog.getByRole('button', { name: `Cancel order ${order.orderNumber}` }).click();
  await expect(page.getByText('Syncing 1 change')).toBeVisible();
  await expect(rowOf(page, order)).toContainText('Cancelling');
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('Not recorded yet: Order canceled');
  letGo();
  await expect(page.getByText('Syncing 1 change')).toBeHidden();
  await expect(rowOf(page, order)).toContainText('Canceled');
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText('Inês Sousa, support');
});

test('a refund after shipping is pending until the gateway has answered', async ({ browser, baseURL }) => {
  test.slow();
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  await ship(url, order);
  const page = await openOrder(browser, url, order);
  await page.keyboard.press('r');
  const sheet = page.getByRole('dialog', { name: `Refund on ${order.orderNumber}` });
  await expect(sheet.getByTestId('refundable')).toHaveText(`Refundable ${order.total}`);
  await expect(sheet.getByLabel('Reason')).toHaveAccessibleDescription('The customer reads it.');
  await sheet.getByRole('button', { name: 'One more' }).first().click();
  await sheet.getByLabel('Amount in EUR').fill(String(order.totalMinor / 100 + 1));
  await sheet.getByRole('button', { name: /^Refund €/ }).click();
  await expect(sheet.getByText(`At most ${order.total} can still be refunded. Lower the amount.`)).toBeVisible();
  await sheet.getByLabel('Amount in EUR').fill('1.50');
  await sheet.getByRole('button', { name: `Refund ${euros(150)}` }).click();
  const payments = page.getByRole('region', { name: 'Payments and refunds' });
  await expect(payments).toContainText(`Refund`);
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText(`${euros(150)} refunded`, {
    timeout: 30_000,
  });
  await expect(payments.getByText('Refund pending')).toHaveCount(0);
  await expect(payments).toContainText('Part refunded');
});

test('a refund of more than is refundable is refused before anything is sent', async ({ browser, baseURL }) => {
  test.slow();
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  await ship(url, order);
  const page = await openOrder(browser, url, order);
  let sent = 0;
  page.on('request', (request) => {
    if (request.url().includes('support.order.refund')) sent += 1;
  });
  await page.keyboard.press('r');
  const sheet = page.getByRole('dialog');
  await sheet.getByLabel('Amount in EUR').fill('9999');
  await sheet.getByLabel('Reason').fill('Too much');
  await sheet.getByRole('button', { name: /^Refund €/ }).click();
  await expect(sheet.getByText('can still be refunded. Lower the amount.')).toBeVisible();
  expect(sent).toBe(0);
});

test('a note is there at once, and a colleague sees it without reloading', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const [mine, theirs] = [await openOrder(browser, url, order), await openOrder(browser, url, order)];
  await mine.keyboard.press('n');
  await mine.getByLabel('Note', { exact: true }).fill('Ring twice, the bell is broken.');
  await mine.keyboard.press('Control+Enter');
  const notes = (page: typeof mine) => page.getByRole('region', { name: 'Notes' });
  await expect(notes(mine)).toContainText('Ring twice');
  await expect(notes(theirs)).toContainText('Ring twice');
  await expect(notes(mine).getByText('Syncing')).toHaveCount(0);
});

test('what was done stays in the timeline while the row has it and the history doesn’t yet', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const page = await openOrder(browser, url, order);
  const timeline = page.getByRole('list', { name: 'Timeline' });
  await expect(timeline).toContainText('Order placed');
  const letGo = await hold(page, 'support.order.history');
  await page.keyboard.press('n');
  await page.getByLabel('Note', { exact: true }).fill('The bell is broken.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Notes' })).toContainText('The bell is broken.');
  await expect(page.getByRole('region', { name: 'Notes' }).getByText('Syncing')).toHaveCount(0);
  await expect(timeline).toContainText('Not settled yet: Note added');
  letGo();
  await expect(timeline).toContainText('Note added');
  await expect(timeline).not.toContainText('Not settled yet');
});

test('two agents refund one order: the second is shown what the first did, and may reapply', async ({
  browser,
  baseURL,
}) => {
  test.slow();
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  await ship(url, order);
  const page = await openOrder(browser, url, order);
  // This page hears nothing of the other's refund until it has sent its own.
  const letGo = await hold(page, 'support.order.get');
  const other = await apiAs(url, 'ana');
  const { waybill } = await ask(other, 'support.order.get', { orderId: order.orderId });
  await call(other, 'support.order.refund', {
    orderId: order.orderId,
    commandId: v7(),
    refundId: v7(),
    paymentId: Object.keys(waybill.payments)[0],
    amountMinor: 200,
    reason: 'A chip in the glaze',
  });
  await other.dispose();
  await page.keyboard.press('r');
  await page.getByLabel('Amount in EUR').fill('1.00');
  await page.getByLabel('Reason').fill('Late');
  await page.getByRole('button', { name: `Refund ${euros(100)}` }).click();
  const conflict = page.getByRole('alert').filter({ hasText: 'Your refund was not sent.' });
  await expect(conflict).toContainText('asked for a refund');
  await expect(conflict).toContainText(`Refund ${euros(100)}`);
  letGo();
  await conflict.getByRole('button', { name: 'Reapply mine' }).click();
  await expect(page.getByRole('list', { name: 'Timeline' })).toContainText(`${euros(100)} refunded`, {
    timeout: 30_000,
  });
});

test('without an answer the change says so, and Retry records it once', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const page = await openOrder(browser, url, order);
  await page.route('**/api/trpc/support.order.placeHold**', (route) => route.abort());
  await page.keyboard.press('h');
  await page.getByLabel('Reason').fill('Address check');
  await page.keyboard.press('Enter');
  const problem = page.getByRole('alert').filter({ hasText: 'Your hold may or may not be recorded' });
  await expect(problem).toBeVisible();
  await page.unroute('**/api/trpc/support.order.placeHold**');
  await problem.getByRole('button', { name: 'Retry' }).click();
  await expect(problem).toBeHidden();
  await expect(rowOf(page, order)).toContainText('Address check');
  await page.keyboard.press('h');
  await expect(page.getByText('On hold: Address check')).toBeHidden();
  // By the button as by the key: it can be taken back.
  await page.keyboard.press('z');
  await expect(page.getByText('On hold: Address check')).toBeVisible();
  await expect(page.getByText('Syncing')).toHaveCount(0);
  await page.getByRole('article').getByRole('button', { name: 'Release', exact: true }).click();
  await expect(page.getByText('On hold: Address check')).toBeHidden();
  await page.keyboard.press('z');
  await expect(page.getByText('On hold: Address check')).toBeVisible();

  // H lifts all of them, as on a row of the list, and is taken back as a whole.
  await byPalette(page, 'Place another hold');
  await page.getByLabel('Reason').fill('Fraud review');
  await page.keyboard.press('Enter');
  const holds = page.getByText(/^On hold: /);
  await expect(holds).toHaveText(['On hold: Address check', 'On hold: Fraud review']);
  await page.keyboard.press('h');
  await expect(holds).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(holds).toHaveText(['On hold: Address check', 'On hold: Fraud review']);
  await expect(page.getByText('Syncing')).toHaveCount(0);
  await expect(rowOf(page, order)).toContainText('Address check');
});

test('a change whose answer was lost is no trouble any more once the history tells of it', async ({
  browser,
  baseURL,
}) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const page = await openOrder(browser, url, order);
  const letGo = await hold(page, 'support.order.history');
  await page.route('**/api/trpc/support.order.placeHold**', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.keyboard.press('h');
  await page.getByLabel('Reason').fill('Address check');
  await page.keyboard.press('Enter');
  const problem = page.getByRole('alert').filter({ hasText: 'Your hold may or may not be recorded' });
  await expect(problem).toBeVisible();
  letGo();
  await expect(problem).toBeHidden();
  await expect(page.getByText('On hold: Address check')).toBeVisible();
});

test('a mail that did not reach the customer is tried again by the palette', async ({ browser, baseURL }) => {
  const url = baseURL ?? '';
  const order = await placedOrder(url);
  const effectId = v7();
  const page = await openOrder(browser, url, order);
  // No mail of the demo's mailbox can fail: what the server would say of one that did.
  const unsent = [{ effectId, template: 'order-confirmed', error: '550 mailbox unknown' }];
  await page.route('**/api/trpc/support.order.unsentMails**', (route) =>
    route.fulfill({ json: { result: { data: unsent } } }),
  );
  const asked: unknown[] = [];
  await page.route('**/api/trpc/support.order.retryMail**', (route) => {
    asked.push(route.request().postDataJSON());
    unsent.length = 0;
    return route.fulfill({ json: { result: { data: { changed: true } } } });
  });
  await page.reload();
  const band = page.getByText('did not reach the customer');
  await expect(band).toBeVisible();
  await byPalette(page, 'Try the mail again');
  await expect(band).toBeHidden();
  expect(asked).toEqual([{ orderId: order.orderId, effectId }]);
});
