import { type APIRequestContext, expect, type Page, request } from '@playwright/test';
import { v7 } from 'uuid';
import { call } from './warehouse-floor.ts';

const cards = {
  approved: 'Approved',
  declined: 'Declined by the bank',
  challenge: 'The bank asks you (3-D Secure)',
} as const;

type Line = { readonly sku: string; readonly quantity: number };

/** Lays lines into the browser's cart, once: what the page makes of it later stays. */
export const withCart = async (page: Page, lines: readonly Line[]): Promise<void> => {
  await page.addInitScript((kept) => {
    if (localStorage.getItem('waybill-cart-1') === null)
      localStorage.setItem(
        'waybill-cart-1',
        JSON.stringify({ lines: kept, country: 'PT', discountCode: null, ordered: {} }),
      );
  }, lines);
};

/** How much of what lies in the browser's cart. */
export const cartOf = (page: Page): Promise<readonly Line[]> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('waybill-cart-1') ?? '{"lines":[]}').lines);

export const openCheckout = async (page: Page): Promise<void> => {
  await page.goto('/checkout', { waitUntil: 'domcontentloaded' });
  await expect(payButton(page)).toBeVisible({ timeout: 30_000 });
};

export const payButton = (page: Page) => page.getByRole('button', { name: /^Pay € / });

export const fillAddress = async (page: Page): Promise<void> => {
  const field = (label: string) => page.getByLabel(label, { exact: true });
  await field('Mail address').fill(`${v7()}@example.test`);
  await field('Name').fill('Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbau');
  await field('Street and number').fill('Rua das Flores 1');
  await field('Postal code').fill('4050-262');
  await field('Town').fill('Porto');
};

export const chooseCard = async (page: Page, card: keyof typeof cards): Promise<void> => {
  await page.getByRole('button', { name: 'Demo cards' }).click();
  await page.getByRole('dialog', { name: 'Demo cards' }).getByText(cards[card], { exact: true }).click();
};

/** A guest fills in the checkout and pays; resolves on the order's own page. */
export const buy = async (page: Page, lines: readonly Line[], card: keyof typeof cards): Promise<void> => {
  await withCart(page, lines);
  await openCheckout(page);
  await fillAddress(page);
  await chooseCard(page, card);
  await payButton(page).click();
  await expect(page).toHaveURL(/\/orders\//, { timeout: 30_000 });
};

export const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

/** Opens an account of its own; the API is signed in with it. */
export const newCustomer = async (api: APIRequestContext, origin: string): Promise<void> => {
  const response = await api.post('/api/auth/sign-up/email', {
    data: { name: 'Lena Sommer', email: `${v7()}@example.test`, password: 'a-long-enough-password' },
    headers: { origin },
  });
  expect(response.ok(), 'an account is opened').toBe(true);
};

/** Another guest places an order by the API; resolves with its id. */
export const strangersOrder = async (baseURL: string, lines: readonly Line[]): Promise<string> => {
  const api = await request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL } });
  const card = { number: '4242 4242 4242 4242', expiry: '12/40', cvc: '123' };
  const { cardToken } = await call(api, 'shop.tokenizeCard', card);
  const orderId = v7();
  const name = 'Somebody Else';
  await call(api, 'shop.placeOrder', {
    orderId,
    commandId: v7(),
    lines,
    contact: { name, email: `${orderId}@example.test`, phone: null },
    address: { name, street: 'Rua das Flores 1', postalCode: '4050-262', city: 'Porto', region: null, country: 'PT' },
    shippingMethod: 'standard',
    discountCode: null,
    cardToken,
    agreedTotalMinor: null,
  });
  await api.dispose();
  return orderId;
};
