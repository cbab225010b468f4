import { expect } from '@playwright/test';
import { v7 } from 'uuid';
import { type DeskOrder, placedOrder } from './support-desk.ts';
import { apiAs, ask, call } from './warehouse-floor.ts';

/** A guest buys; an agent holds the order. Resolves when the auditor's history has the hold as its last event. */
export const heldOrder = async (baseURL: string, reason: string): Promise<DeskOrder> => {
  const order = await placedOrder(baseURL);
  const { orderId, orderNumber } = order;
  const [agent, auditor] = await Promise.all([apiAs(baseURL, 'ines'), apiAs(baseURL, 'jan')]);
  const typesSoFar = async (): Promise<string[]> => {
    const { items } = await ask(auditor, 'audit.history.search', { order: orderId });
    return items.map(({ event }: { event: { type: string } }) => event.type);
  };
  await expect
    .poll(typesSoFar, { message: `${orderNumber} has come to rest`, timeout: 30_000 })
    .toEqual(expect.arrayContaining(['FulfillmentCreated', 'NotificationSent']));
  await call(agent, 'support.order.placeHold', { orderId, commandId: v7(), holdId: v7(), reason });
  await expect.poll(typesSoFar, { message: `${orderNumber} is held`, timeout: 30_000 }).toContain('OrderHoldPlaced');
  await Promise.all([agent.dispose(), auditor.dispose()]);
  return order;
};
