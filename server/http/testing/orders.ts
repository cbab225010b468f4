import { v7 } from 'uuid';
import { mutate } from './api-client.ts';
import type { TestWeb } from './web-fixture.ts';

/** A card that the simulated gateway approves. */
export const goodCard = { number: '4242 4242 4242 4242', expiry: '12/40', cvc: '123' };

export const cardToken = async (web: TestWeb): Promise<string> => {
  const { data } = await mutate(web, 'shop.tokenizeCard', goodCard);
  return data.cardToken;
};

/** What a checkout sends; every field may be changed by `change`. */
export const orderRequest = (card: string, change: Readonly<Record<string, unknown>> = {}) => ({
  orderId: v7(),
  commandId: v7(),
  lines: [
    { sku: 'TEA-POT-08', quantity: 2 },
    { sku: 'BEE-CAN-01', quantity: 1 },
  ],
  contact: { name: 'Marta Silva', email: 'marta@example.test', phone: null },
  address: {
    name: 'Marta Silva',
    street: 'Rua das Flores 1',
    postalCode: '4050-262',
    city: 'Porto',
    region: null,
    country: 'PT',
  },
  shippingMethod: 'standard',
  discountCode: null,
  cardToken: card,
  agreedTotalMinor: null,
  ...change,
});
