import { type APIRequestContext, type Browser, expect, type Page, request } from '@playwright/test';
import { v7 } from 'uuid';

const accounts = {
  jan: { email: 'jan@waybill.example', password: 'auditor-demo' },
  ines: { email: 'ines@waybill.example', password: 'support-demo' },
} as const;
export type AuditPerson = keyof typeof accounts;

const signIn = async (api: APIRequestContext, who: AuditPerson, origin: string): Promise<void> => {
  const response = await api.post('/api/auth/sign-in/email', { data: accounts[who], headers: { origin } });
  expect(response.ok(), `sign-in of ${who}`).toBe(true);
};

const apiAs = async (baseURL: string, who: AuditPerson | null): Promise<APIRequestContext> => {
  const api = await request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL } });
  if (who) await signIn(api, who, baseURL);
  return api;
};

const dataOf = async (response: Awaited<ReturnType<APIRequestContext['get']>>) => {
  // biome-ignore lint/suspicious/noExplicitAny: tests read the API as JSON, without its types
  const body: any = await response.json();
  if (!response.ok()) throw new Error(`${response.url()}: ${JSON.stringify(body).slice(0, 500)}`);
  return body.result.data;
};
const call = async (api: APIRequestContext, procedure: string, input: object) =>
  dataOf(await api.post(`/api/trpc/${procedure}`, { data: input }));
const ask = async (api: APIRequestContext, procedure: string, input: object) =>
  dataOf(await api.get(`/api/trpc/${procedure}`, { params: { input: JSON.stringify(input) } }));

export type AuditedOrder = { readonly orderId: string; readonly orderNumber: string };

/** A guest buys a candle; an agent holds the order. Resolves when the auditor's history has the hold. */
export const heldOrder = async (baseURL: string, reason: string): Promise<AuditedOrder> => {
  const guest = await apiAs(baseURL, null);
  const agent = await apiAs(baseURL, 'ines');
  const auditor = await apiAs(baseURL, 'jan');
  const { cardToken } = await call(guest, 'shop.tokenizeCard', {
    number: '4242 4242 4242 4242',
    expiry: '12/40',
    cvc: '123',
  });
  const orderId = v7();
  const name = 'Wilhelmine Straßenbahnschienenritzenreiniger';
  const placed = await call(guest, 'shop.placeOrder', {
    orderId,
    commandId: v7(),
    lines: [{ sku: 'CUP-HOT-02', quantity: 1 }],
    contact: { name, email: 'audit@example.test', phone: null },
    address: { name, street: 'Rua das Flores 1', postalCode: '4050-262', city: 'Porto', region: null, country: 'PT' },
    shippingMethod: 'standard',
    discountCode: null,
    cardToken,
    agreedTotalMinor: null,
  });
  const { orderNumber } = placed.events[0].event;
  const typesSoFar = async (): Promise<string[]> => {
    const { items } = await ask(auditor, 'audit.history.search', { order: orderId });
    return items.map(({ event }: { event: { type: string } }) => event.type);
  };
  await expect
    .poll(typesSoFar, { message: `${orderNumber} is confirmed`, timeout: 30_000 })
    .toEqual(expect.arrayContaining(['FulfillmentCreated', 'NotificationSent']));
  await call(agent, 'support.order.placeHold', { orderId, commandId: v7(), holdId: v7(), reason });
  await expect.poll(typesSoFar, { message: `${orderNumber} is held`, timeout: 30_000 }).toContain('OrderHoldPlaced');
  await Promise.all([guest.dispose(), agent.dispose(), auditor.dispose()]);
  return { orderId, orderNumber };
};

/** A page of its own, signed in. */
export const auditPage = async (
  browser: Browser,
  baseURL: string,
  { who = 'jan', phone = false }: { readonly who?: AuditPerson; readonly phone?: boolean } = {},
): Promise<Page> => {
  const context = await browser.newContext({
    baseURL,
    ...(phone ? { viewport: { width: 390, height: 844 } } : {}),
  });
  await signIn(context.request, who, baseURL);
  return context.newPage();
};
