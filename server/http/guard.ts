import type { IncomingMessage } from 'node:http';
import { isDeeperThan } from './json-depth.ts';

/** Why a request is not let in. */
export type Objection = {
  readonly status: 400 | 403 | 405 | 413 | 414 | 415;
  readonly code: 'BAD_REQUEST' | 'FORBIDDEN' | 'METHOD_NOT_SUPPORTED' | 'PAYLOAD_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE';
  readonly words: string;
};

export const apiLimits = {
  bodyBytes: 256 * 1024,
  authBodyBytes: 16 * 1024,
  webhookBodyBytes: 1024 * 1024,
  jsonDepth: 20,
  batch: 10,
} as const;

/** Reads need no protection from other sites (they change nothing, and their answers can't be read there). */
const changesNothing = (req: IncomingMessage): boolean => req.method === 'GET' || req.method === 'HEAD';

const isJson = (contentType: string | undefined): boolean =>
  /^application\/json(\s*;\s*charset=utf-8)?$/i.test(contentType?.trim() ?? '');

/**
 * What can be said of an API request by its head alone. A request that may change something must be JSON and come
 * from one of our own pages: browsers always say the origin of a POST.
 */
export const objectionToHead = (req: IncomingMessage, origins: ReadonlySet<string>): Objection | null => {
  if (changesNothing(req)) return null;
  if (req.method !== 'POST')
    return { status: 405, code: 'METHOD_NOT_SUPPORTED', words: 'Only GET and POST are answered here.' };
  if (!isJson(req.headers['content-type']))
    return { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', words: 'Only JSON is understood here.' };
  const { origin } = req.headers;
  if (origin === undefined || !origins.has(origin))
    return { status: 403, code: 'FORBIDDEN', words: 'This request does not come from our own pages.' };
  return null;
};

export const tooLarge: Objection = { status: 413, code: 'PAYLOAD_TOO_LARGE', words: 'The request is too large.' };

/** JSON that nests absurdly is refused before it is parsed. */
export const objectionToJson = (text: string): Objection | null =>
  isDeeperThan(text, apiLimits.jsonDepth)
    ? { status: 400, code: 'BAD_REQUEST', words: `JSON here nests at most ${apiLimits.jsonDepth} levels.` }
    : null;
