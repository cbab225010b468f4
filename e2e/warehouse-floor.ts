import { type APIRequestContext, type Browser, expect, type Page, request } from '@playwright/test';
import { v7 } from 'uuid';

/** The demo's accounts that these journeys act as. */
const accounts = {
  rui: { email: 'rui@waybill.example', password: 'warehouse-demo' },
  ana: { email: 'ana@waybill.example', password: 'admin-demo-1' },
  ines: { email: 'ines@waybill.example', password: 'support-demo' },
  marta: { email: 'marta@waybill.example', password: 'customer-demo' },
  jan: { email: 'jan@waybill.example', password: 'auditor-demo' },
} as const;
export type Who = keyof typeof accounts;

/** A cup and a tea cup: plenty of both lie in Porto. */
export const cup = 'CUP-HOT-02';
export const teaCup = 'CUP-TEA-05';

type Session = Awaited<ReturnType<APIRequestContext['storageState']>>;
const sessions = new Map<Who, Promise<Session>>();

const signIn = async (who: Who, baseURL: string): Promise<Session> => {
  const api = await request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL } });
  const response = await api.post('/api/auth/sign-in/email', { data: accounts[who] });
  expect(response.ok(), `sign-in of ${who}`).toBe(true);
  const session = await api.storageState();
  await api.dispose();
  return session;
};

/** Signs in once for each of the runner's processes: hashing a password takes longer than most of what is tested. */
const sessionOf = (who: Who, baseURL: string): Promise<Session> => {
  const session = sessions.get(who) ?? signIn(who, baseURL);
  sessions.set(who, session);
  return session;
};

/** The API as one of the demo's people; dispose of it when done. */
export const apiAs = async (baseURL: string, who: Who | null): Promise<APIRequestContext> =>
  request.newContext({
    baseURL,
    extraHTTPHeaders: { origin: baseURL },
    ...(who ? { storageState: await sessionOf(who, baseURL) } : {}),
  });

const dataOf = async (response: Awaited<ReturnType<APIRequestContext['get']>>) => {
  // biome-ignore lint/suspicious/noExplicitAny: tests read the API as JSON, without its types
  const body: any = await response.json();
  if (!response.ok()) throw new Error(`${response.url()}: ${JSON.stringify(body).slice(0, 500)}`);
  return body.result.data;
};

export const call = async (api: APIRequestContext, procedure: string, input: object) =>
  dataOf(await api.post(`/api/trpc/${procedure}`, { data: input }));

export const ask = async (api: APIRequestContext, procedure: string, input: object) =>
  dataOf(await api.get(`/api/trpc/${procedure}`, { params: { input: JSON.stringify(input) } }));

export type FloorOrder = { readonly orderId: string; readonly orderNumber: string; readonly fulfillmentId: string };

/** A guest in Porto buys; resolves when the order waits in Porto's queue. */
export const orderInQueue = async (
  baseURL: string,
  lines: readonly { readonly sku: string; readonly quantity: number }[],
): Promise<FloorOrder> => {
  const guest = await apiAs(baseURL, null);
  const floor = await apiAs(baseURL, 'rui');
  const { cardToken } = await call(guest, 'shop.tokenizeCard', {
    number: '4242 4242 4242 4242',
    expiry: '12/40',
    cvc: '123',
  });
  const orderId = v7();
  const name = 'Donaudampfschifffahrtselektrizitäten Hauptbetriebswerkbau';
  const placed = await call(guest, 'shop.placeOrder', {
    orderId,
    commandId: v7(),
    lines,
    contact: { name, email: 'floor@example.test', phone: null },
    address: { name, street: 'Rua das Flores 1', postalCode: '4050-262', city: 'Porto', region: null, country: 'PT' },
    shippingMethod: 'standard',
    discountCode: null,
    cardToken,
    agreedTotalMinor: null,
  });
  const { orderNumber } = placed.events[0].event;
  let fulfillmentId = '';
  await expect
    .poll(
      async () => {
        const { items } = await ask(floor, 'warehouse.queue.list', { warehouse: 'OPO', text: orderNumber });
        fulfillmentId = items[0]?.fulfillmentId ?? '';
        return items.length;
      },
      { message: `${orderNumber} waits in Porto`, timeout: 30_000 },
    )
    .toBe(1);
  await Promise.all([guest.dispose(), floor.dispose()]);
  return { orderId, orderNumber, fulfillmentId };
};

/** A page of its own, signed in. */
export const pageAs = async (browser: Browser, baseURL: string, who: Who, phone = false): Promise<Page> => {
  const context = await browser.newContext({
    baseURL,
    storageState: await sessionOf(who, baseURL),
    ...(phone ? { viewport: { width: 390, height: 844 } } : {}),
  });
  return context.newPage();
};

/** How many of an order's pieces are picked, as the events tell it. */
export const pickedOf = async (api: APIRequestContext, { fulfillmentId }: FloorOrder): Promise<number> => {
  const { waybill } = await ask(api, 'warehouse.fulfillment.get', { fulfillmentId });
  const { picked } = waybill.fulfillments[fulfillmentId];
  return Object.values<number>(picked).reduce((sum, quantity) => sum + quantity, 0);
};

/** What a scanner does: types a code and Enter, into whatever has the focus. */
export const scan = async (page: Page, code: string): Promise<void> => {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
};

/** Opens an order and takes it on. */
export const startPicking = async (page: Page, { fulfillmentId }: FloorOrder): Promise<void> => {
  await page.goto(`/warehouse/fulfillments/${fulfillmentId}`);
  await page.getByRole('button', { name: 'Start picking' }).click();
  await expect(page.getByLabel('Scan bin or item')).toBeFocused();
};
