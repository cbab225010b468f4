import { createHmac, timingSafeEqual } from 'node:crypto';

export const signatureHeader = 'waybill-gateway-signature';
/** Older than this, a delivery may be a replay. */
export const signatureToleranceMs = 5 * 60_000;

const digest = (secret: string, seconds: string, body: Uint8Array): Buffer =>
  createHmac('sha256', secret).update(`${seconds}.`).update(body).digest();

/** `t=<unix seconds>,v1=<hex hmac over "t.body">`. */
export const signWebhook = (secret: string, body: Uint8Array, now: Date): string => {
  const seconds = String(Math.floor(now.getTime() / 1_000));
  return `t=${seconds},v1=${digest(secret, seconds, body).toString('hex')}`;
};

/** Whether the body is what the gateway sent, and lately. Takes as long for a wrong signature as for a right one. */
export const verifyWebhook = (secret: string, body: Uint8Array, header: string, now: Date): boolean => {
  const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header);
  const [, seconds, signature] = match ?? [];
  if (!seconds || !signature) return false;
  const isGenuine = timingSafeEqual(digest(secret, seconds, body), Buffer.from(signature, 'hex'));
  const ageMs = Math.abs(now.getTime() - Number(seconds) * 1_000);
  return isGenuine && ageMs <= signatureToleranceMs;
};
