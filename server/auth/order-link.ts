import { createHmac, timingSafeEqual } from 'node:crypto';

const signatureOf = (linkKey: string, orderId: string): Buffer =>
  createHmac('sha256', Buffer.from(linkKey, 'base64')).update(`order-link:v1:${orderId}`).digest();

/** The token of the link by which whoever has it sees (and may cancel) one order. `linkKey`: 32 bytes, base64. */
export const signOrderLink = (linkKey: string, orderId: string): string =>
  signatureOf(linkKey, orderId).toString('base64url');

/** Whether a link token opens this order. Takes the same time for every wrong token. */
export const opensOrder = (linkKey: string, link: string, orderId: string): boolean => {
  const given = Buffer.from(link, 'base64url');
  const right = signatureOf(linkKey, orderId);
  return given.length === right.length && timingSafeEqual(given, right);
};
