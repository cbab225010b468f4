import { type Browser, expect, type Locator, type Page } from '@playwright/test';
import { v7 } from 'uuid';
import { apiAs, ask, call, cup, pageAs } from './warehouse-floor.ts';

export type DeskOrder = {
  readonly orderId: string;
  readonly orderNumber: string;
  /** A guest's signed link. */
  readonly link: string;
  readonly email: string;
  readonly name: string;
  /** As the screen writes it: "€ 24.70". */
  readonly total: string;
  readonly totalMinor: number;
};

/** Letters only, and unlike any other word: what a misspelled name is looked for by. */
const letters = (id: string): string =>
  [...id.replaceAll('-', '').slice(-10)].map((digit) => 'bcdfghklmnprstvw'['0123456789abcdef'.indexOf(digit)]).join('');

/** A guest in Porto buys two cups; resolves when the desk can find the order and it is confirmed. */
export const placedOrder = async (baseURL: string): Promise<DeskOrder> => {
  const guest = await apiAs(baseURL, null);
  const desk = await apiAs(baseURL, 'ines');
  const orderId = v7();
  const name = `Marguerite ${letters(orderId)}`;
  const email = `${orderId}@example.test`;
  const { cardToken } = await call(guest, 'shop.tokenizeCard', {
    number: '4242 4242 4242 4242',
    expiry: '12/40',
    cvc: '123',
  });
  const placed = await call(guest, 'shop.placeOrder', {
    orderId,
    commandId: v7(),
    lines: [{ sku: cup, quantity: 2 }],
    contact: { name, email, phone: null },
    address: { name, street: 'Rua das Flores 1', postalCode: '4050-262', city: 'Porto', region: null, country: 'PT' },
    shippingMethod: 'standard',
    discountCode: null,
    cardToken,
    agreedTotalMinor: null,
  });
  const { orderNumber, totals } = placed.events[0].event;
  await expect
    .poll(async () => (await ask(desk, 'support.order.get', { orderId }))?.fulfillmentStatus, {
      message: `${orderNumber} is ready to be picked`,
      timeout: 30_000,
    })
    .toBe('open');
  await Promise.all([guest.dispose(), desk.dispose()]);
  const totalMinor = totals.grandTotalMinor;
  return { orderId, orderNumber, link: placed.link, email, name, totalMinor, total: euros(totalMinor) };
};

export const euros = (minor: number): string => `€\u00a0${(minor / 100).toFixed(2)}`;

/** Picks, packs and ships it; resolves when the money has been taken. */
export const ship = async (baseURL: string, { orderId }: DeskOrder): Promise<void> => {
  const floor = await apiAs(baseURL, 'rui');
  const desk = await apiAs(baseURL, 'ines');
  const { waybill } = await ask(desk, 'support.order.get', { orderId });
  for (const fulfillmentId of Object.keys(waybill.fulfillments)) {
    await call(floor, 'warehouse.fulfillment.startPicking', { fulfillmentId, orderId, commandId: v7() });
    for (const { lineId, quantity } of waybill.fulfillments[fulfillmentId].lines)
      await call(floor, 'warehouse.fulfillment.pickItem', {
        fulfillmentId,
        orderId,
        commandId: v7(),
        lineId,
        quantity,
      });
    await call(floor, 'warehouse.fulfillment.pack', {
      fulfillmentId,
      orderId,
      commandId: v7(),
      packages: [{ parcelId: v7(), weightGrams: 900 }],
    });
    await call(floor, 'warehouse.fulfillment.ship', {
      fulfillmentId,
      orderId,
      commandId: v7(),
      carrier: 'PostNordic',
      trackingNumber: `PN${fulfillmentId.slice(-12)}`,
    });
  }
  await expect
    .poll(async () => (await ask(desk, 'support.order.get', { orderId })).paidMinor, { timeout: 30_000 })
    .toBeGreaterThan(0);
  await Promise.all([floor.dispose(), desk.dispose()]);
};

export const openDesk = async (browser: Browser, baseURL: string, path = '/support', phone = false): Promise<Page> => {
  const page = await pageAs(browser, baseURL, 'ines', phone);
  // Its live streams stay open: there is no quiet network to wait for.
  await page.goto(path, { waitUntil: 'domcontentloaded' });
  await expect(page.getByRole('searchbox', { name: 'Search orders' })).toBeAttached();
  return page;
};

export const openOrder = async (
  browser: Browser,
  baseURL: string,
  { orderId, orderNumber }: DeskOrder,
): Promise<Page> => {
  const page = await openDesk(browser, baseURL, `/support?view=all&order=${orderId}`);
  await expect(page.getByRole('heading', { name: orderNumber })).toBeVisible();
  await expect(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 20_000 });
  return page;
};

export const rowOf = (page: Page, { orderNumber }: Pick<DeskOrder, 'orderNumber'>): Locator =>
  page.getByRole('grid', { name: 'Orders' }).getByRole('row').filter({ hasText: orderNumber });

export const search = async (page: Page, text: string): Promise<void> => {
  await page.getByRole('searchbox', { name: 'Search orders' }).fill(text);
};

/** Does something by the command palette: its words typed, and Enter on what they find. */
export const byPalette = async (page: Page, label: string): Promise<void> => {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await palette.getByRole('combobox').fill(label);
  await expect(palette.getByRole('option', { name: label })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(palette).toBeHidden();
};

/** Holds what is asked of a procedure until it is let go. */
export const hold = async (page: Page, procedure: string): Promise<() => void> => {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(`**/api/trpc/${procedure}**`, async (route) => {
    await held;
    await route.continue();
  });
  return () => letGo();
};
