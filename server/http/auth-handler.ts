import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { attemptLimits, mayAttempt } from '#server/auth/attempts.ts';
import { answerJson, answerObjection } from './answer.ts';
import { apiLimits, type Objection, objectionToJson, tooLarge } from './guard.ts';
import { readBody } from './read-body.ts';
import type { WebParts } from './web-parts.ts';

const email = z.email().max(320);
const password = z.string().max(200);

/** What of better-auth is open, and the bodies that it takes: its other routes and options are not ours to answer for. */
const bodies: Readonly<Record<string, z.ZodType<{ readonly email?: string }>>> = {
  '/api/auth/sign-up/email': z.strictObject({ name: z.string().trim().min(1).max(200), email, password }),
  '/api/auth/sign-in/email': z.strictObject({ email, password, rememberMe: z.boolean().optional() }),
  '/api/auth/sign-out': z.strictObject({}),
};
const counted = new Set(['/api/auth/sign-up/email', '/api/auth/sign-in/email']);

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
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

const refuseBody: Objection = {
  status: 400,
  code: 'BAD_REQUEST',
  words: 'Some of what was sent does not fit. Check name, mail address and password.',
};

/** Reads and checks the body; null when the request has been answered already. */
const readAuthBody = async (req: IncomingMessage, res: ServerResponse, url: URL, requestId: string) => {
  const read = await readBody(req, apiLimits.authBodyBytes);
  if (read.status === 'broken') {
    res.destroy();
    return null;
  }
  const text = read.status === 'read' ? read.bytes.toString('utf8') : '';
  const objection = read.status === 'too-large' ? tooLarge : objectionToJson(text);
  // Signing out sends no body, which better-auth takes for broken JSON.
  const parsed = bodies[url.pathname]?.safeParse(text === '' ? {} : parseJson(text));
  if (!objection && parsed?.success) return parsed.data;
  answerObjection(res, objection ?? refuseBody, requestId);
  return null;
};

const isWithinLimits = (parts: WebParts, req: IncomingMessage, url: URL, mail: string): Promise<boolean> => {
  const attempt = { path: url.pathname, address: req.socket.remoteAddress ?? '', email: mail };
  return mayAttempt(parts.runtime.crud, attemptLimits(parts.runtime.env.isTestMode), attempt);
};

/** Answers `/api/auth/*`: sign up, sign in, sign out, and who is signed in. */
export const handleAuth = async (
  parts: WebParts,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  requestId: string,
): Promise<void> => {
  const isPost = req.method === 'POST';
  if (isPost ? !bodies[url.pathname] : url.pathname !== '/api/auth/get-session')
    return answerJson(res, 404, { code: 'NOT_FOUND' });
  const body = isPost ? await readAuthBody(req, res, url, requestId) : undefined;
  if (body === null) return;
  if (counted.has(url.pathname) && !(await isWithinLimits(parts, req, url, body?.email ?? ''))) {
    res.setHeader('Retry-After', '60');
    return answerJson(res, 429, tooMany);
  }
  const response = await parts.auth.handler(toRequest(parts, req, url, body ? JSON.stringify(body) : null));
  res.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') res.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) res.setHeader('set-cookie', cookies);
  res.end(await response.text());
};
