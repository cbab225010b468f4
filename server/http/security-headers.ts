import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';

/** 128 random bits, new for each response. */
export const newNonce = (): string => randomBytes(16).toString('base64');

/**
 * The policy of a page. Scripts run by nonce only. Styles may be inline: server-rendered `style` attributes and the
 * style elements of Radix, sonner and recharts carry no nonce. Development adds what hot reload needs.
 */
export const contentSecurityPolicy = (nonce: string, isDevelopment: boolean): string =>
  [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    `font-src 'self'`,
    `connect-src 'self'${isDevelopment ? ' ws: wss:' : ''}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
  ].join('; ');

/** Answers of the API are data: nothing in them may run, be framed or be kept. */
export const apiContentSecurityPolicy = `default-src 'none'; frame-ancestors 'none'; base-uri 'none'`;

const yearS = 365 * 24 * 60 * 60;

/** What every response carries, page or API. HSTS only where the public address is https. */
export const setSecurityHeaders = (res: ServerResponse, isHttps: boolean): void => {
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('X-Frame-Options', 'DENY');
  res.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin');
  res.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  res.setHeader('Permissions-Policy', 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()');
  if (isHttps) res.setHeader('Strict-Transport-Security', `max-age=${yearS}; includeSubDomains`);
};
