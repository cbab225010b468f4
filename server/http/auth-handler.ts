import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { attemptLimits, mayAttempt } from '#server/auth/attempts.ts';
import { answerJson, answerObjection } from './answer.ts';
import { apiLimits, objectionToJson, tooLarge } from './guard.ts';
import { readBody } from './read-body.ts';
import type { WebParts } from './web-parts.ts';

/** What of better-auth is open, by method. The rest of its routes are not ours to answer for. */
const open = new Set([
  'POST /api/auth/sign-up/email',
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-out',
  'GET /api/auth/get-session',
]);
const counted = new Set(['/api/auth/sign-up/email', '/api/auth/sign-in/email']);

const withEmail = z.object({ email: z.string().max(320) });

const emailIn = (text: string): string => {
  try {
    return withEmail.safeParse(JSON.parse(text)).data?.email ?? '';
  } catch {
    return '';
  }
};

const passedOn = ['cookie', 'content-type', 'origin', 'user-agent', 'accept'] as const;

const toRequest = (parts: WebParts, req: IncomingMessage, url: URL, body: string | null): Request => {
  const headers = new Headers();
  for (const name of passedOn) {
    const value = req.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  headers.set('x-waybill-client-address', req.socket.remoteAddress ?? '');
  const target = new URL(`${url.pathname}${url.search}`, parts.runtime.env.PUBLIC_URL);
  return new Request(target, { method: req.method ?? 'GET', headers, body });
};

const tooMany = {
  code: 'TOO_MANY_REQUESTS',
  message: 'Too many attempts. Wait a minute, then try again.',
};

/** Answers `/api/auth/*`: sign up, sign in, sign out, and who is signed in. */
export const handleAuth = async (
  parts: WebParts,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  requestId: string,
): Promise<void> => {
  if (!open.has(`${req.method} ${url.pathname}`)) return answerJson(res, 404, { code: 'NOT_FOUND' });
  let body: string | null = null;
  if (req.method === 'POST') {
    const read = await readBody(req, apiLimits.authBodyBytes);
    if (read.status === 'broken') return void res.destroy();
    if (read.status === 'too-large') return answerObjection(res, tooLarge, requestId);
    const text = read.bytes.toString('utf8');
    const deep = objectionToJson(text);
    if (deep) return answerObjection(res, deep, requestId);
    // Signing out sends no body, which better-auth takes for broken JSON.
    body = text === '' ? '{}' : text;
  }
  if (counted.has(url.pathname)) {
    const attempt = { path: url.pathname, address: req.socket.remoteAddress ?? '', email: emailIn(body ?? '') };
    const limits = attemptLimits(parts.runtime.env.isTestMode);
    if (!(await mayAttempt(parts.runtime.crud, limits, attempt))) {
      res.setHeader('Retry-After', '60');
      return answerJson(res, 429, tooMany);
    }
  }
  const response = await parts.auth.handler(toRequest(parts, req, url, body));
  res.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') res.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) res.setHeader('set-cookie', cookies);
  res.end(await response.text());
};
