import type { IncomingMessage, ServerResponse } from 'node:http';
import { findStripeChallenge } from '#server/adapters/stripe-gateway/challenge.ts';
import { answerJson } from './answer.ts';
import { cookieValue } from './cookies.ts';
import type { WebParts } from './web-parts.ts';

/** Keeps a guest's link to their order while they are at their bank's. */
const linkCookie = 'waybill-bank-return';
const linkLastsS = 60 * 60;
const returnPath = '/api/payments/return';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const goTo = (res: ServerResponse, location: string): void => {
  res.statusCode = 303;
  res.setHeader('Location', location);
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.end();
};

const orderPage = (orderId: string, link: string | null): string =>
  `/orders/${orderId}${link ? `?link=${encodeURIComponent(link)}` : ''}`;

/**
 * With Stripe: `GET /api/payments/challenge/<intent>` sends customers to their bank's question, whose address is asked
 * for each time since it carries a secret; `GET /api/payments/return/<order>` brings them back to their order. An
 * intent's name can't be guessed, and leads to nothing but the bank.
 */
export const handleBankChallenge = async (
  parts: WebParts,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
): Promise<void> => {
  const { stripe } = parts.runtime;
  const [, , , step, id = '', ...rest] = url.pathname.split('/');
  const isKnown = (step === 'challenge' || (step === 'return' && uuid.test(id))) && rest.length === 0;
  if (!stripe || req.method !== 'GET' || !isKnown) return answerJson(res, 404, { code: 'NOT_FOUND' });
  const attributes = `Path=${returnPath}; HttpOnly; SameSite=Lax${parts.isHttps ? '; Secure' : ''}`;
  if (step === 'return') {
    res.setHeader('Set-Cookie', `${linkCookie}=; Max-Age=0; ${attributes}`);
    return goTo(res, orderPage(id, cookieValue(req.headers.cookie, linkCookie)));
  }
  const challenge = await findStripeChallenge(stripe.client, id);
  if (!challenge) return answerJson(res, 404, { code: 'NOT_FOUND' });
  const link = url.searchParams.get('link');
  // Answered already, or run out: the order says which.
  if (!challenge.url) return goTo(res, orderPage(challenge.orderId, link));
  if (link) {
    const value = encodeURIComponent(link.slice(0, 500));
    res.setHeader('Set-Cookie', `${linkCookie}=${value}; Max-Age=${linkLastsS}; ${attributes}`);
  }
  goTo(res, challenge.url);
};
