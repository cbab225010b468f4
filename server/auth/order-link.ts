import { createHmac, timingSafeEqual } from 'node:crypto';
import { hmacKey } from './hmac-key.ts';

const dayMs = 24 * 60 * 60_000;

/** Long enough for a delivery, a return and its refund; every later mail about the order brings a newer link. */
const lastsDays = 180;

/** The last day that a link opens its order, counted from 1 January 1970 in UTC. */
const lastDayOf = (now: Date): number => Math.floor(now.getTime() / dayMs) + lastsDays;

const signatureOf = (linkKey: string, orderId: string, lastDay: number): string =>
  createHmac('sha256', hmacKey(linkKey, 'base64')).update(`order-link:v2:${orderId}:${lastDay}`).digest('base64url');

/** The instant from which a link signed `now` no longer opens its order. */
export const orderLinkEnd = (now = new Date()): Date => new Date((lastDayOf(now) + 1) * dayMs);

/**
 * The token of the link by which whoever has it sees (and may cancel) one order: its last day, and the signature of
 * order and day. The same all day long, so that a mail that is written twice says the same. `linkKey`: 32 bytes, base64.
 */
export const signOrderLink = (linkKey: string, orderId: string, now = new Date()): string => {
  const lastDay = lastDayOf(now);
  return `${lastDay}.${signatureOf(linkKey, orderId, lastDay)}`;
};

/** The instant from which a genuine link no longer opens its order. */
export const endOfOrderLink = (link: string): Date => new Date((Number.parseInt(link, 10) + 1) * dayMs);

const shape = /^([1-9]\d{0,7})\.([\w-]{43})$/;

/**
 * Whether a link token opens this order. `expired` is said of genuine ones only. Takes the same time for every wrong
 * signature.
 */
export const judgeOrderLink = (
  linkKey: string,
  link: string,
  orderId: string,
  now = new Date(),
): 'opens' | 'expired' | 'wrong' => {
  const [, day, signature] = shape.exec(link) ?? [];
  if (day === undefined || signature === undefined) return 'wrong';
  const right = signatureOf(linkKey, orderId, Number(day));
  // As texts of one length, not as what they stand for: several texts of base64 stand for the same bytes.
  if (!timingSafeEqual(Buffer.from(signature), Buffer.from(right))) return 'wrong';
  return Number(day) * dayMs + dayMs > now.getTime() ? 'opens' : 'expired';
};
