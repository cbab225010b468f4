import { expect } from '@playwright/test';
import { v7 } from 'uuid';
import { apiAs, ask, call } from './warehouse-floor.ts';

/** Nobody else's test sells to Luxembourg: the figures of that country are ours alone. */
export const luxembourg = 'LU';

/** A guest in Luxembourg buys globes, the warehouse ships them; resolves when the money has been taken. */
export const shippedToLuxembourg = async (
  baseURL: string,
  quantity: number,
): Promise<{ readonly totalMinor: number }> => {
  const [guest, floor, desk] = await Promise.all([apiAs(baseURL, null), apiAs(baseURL, 'rui'), apiAs(baseURL, 'ines')]);
  const { cardToken } = await call(guest, 'shop.tokenizeCard', {
    number: '4242 4242 4242 4242',
    expiry: '12/40',
    cvc: '123',
  });
  const orderId = v7();
  const name = 'Léa Kremer';
  const placed = await call(guest, 'shop.placeOrder', {
    orderId,
    commandId: v7(),
    lines: [{ sku: 'DSK-NTB-03', quantity }],
    contact: { name, email: `${orderId}@example.test`, phone: null },
    address: { name, street: 'Grand-Rue 1', postalCode: '1661', city: 'Luxembourg', region: null, country: luxembourg },
    shippingMethod: 'standard',
    discountCode: null,
    cardToken,
    agreedTotalMinor: null,
  });
  const order = async () => ask(desk, 'support.order.get', { orderId });
  const waits = { timeout: 30_000 };
  await expect.poll(async () => (await order())?.fulfillmentStatus, waits).toBe('open');
  const { waybill } = await order();
  for (const fulfillmentId of Object.keys(waybill.fulfillments)) {
    const about = () => ({ fulfillmentId, orderId, commandId: v7() });
    await call(floor, 'warehouse.fulfillment.startPicking', about());
    for (const line of waybill.fulfillments[fulfillmentId].lines)
      await call(floor, 'warehouse.fulfillment.pickItem', { ...about(), lineId: line.lineId, quantity: line.quantity });
    await call(floor, 'warehouse.fulfillment.pack', {
      ...about(),
      packages: [{ parcelId: v7(), weightGrams: 900 }],
    });
    await call(floor, 'warehouse.fulfillment.ship', {
      ...about(),
      carrier: 'PostNordic',
      trackingNumber: `LU${fulfillmentId.slice(-12)}`,
    });
  }
  const { grandTotalMinor } = placed.events[0].event.totals;
  await expect.poll(async () => (await order()).paidMinor, waits).toBe(grandTotalMinor);
  await Promise.all([guest.dispose(), floor.dispose(), desk.dispose()]);
  return { totalMinor: grandTotalMinor };
};
