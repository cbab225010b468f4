import type { IncomingMessage, ServerResponse } from 'node:http';
import { TRPCError } from '@trpc/server';
import { nodeHTTPRequestHandler } from '@trpc/server/adapters/node-http';
import type { Viewer } from '#server/api/access.ts';
import type { ApiContext } from '#server/api/context.ts';
import { freshnessHeader, tokenHeader, worseFreshness } from '#server/api/freshness.ts';
import { appRouter } from '#server/api/router.ts';
import { isUnavailable } from '#server/api/unavailable.ts';
import type { Freshness } from '#server/runtime/wait-for.ts';
import { answerObjection } from './answer.ts';
import { apiLimits, objectionToJson, tooLarge } from './guard.ts';
import { readBody } from './read-body.ts';
import { answerPlainCall, plainCallOf } from './trpc-call.ts';
import type { WebParts } from './web-parts.ts';

const header = (req: IncomingMessage, name: string): string | null => {
  const value = req.headers[name];
  return typeof value === 'string' && value.length > 0 && value.length <= 100 ? value : null;
};

const viewerOf = async (parts: WebParts, req: IncomingMessage): Promise<Viewer | null> => {
  try {
    return await parts.findViewer(req.headers.cookie);
  } catch (cause) {
    throw isUnavailable(cause) ? new TRPCError({ code: 'SERVICE_UNAVAILABLE', cause }) : cause;
  }
};

/** Errors that are ours to mend: everything else is the caller's, or told by the domain. */
const isFailure = (code: string): boolean =>
  code === 'INTERNAL_SERVER_ERROR' || code === 'SERVICE_UNAVAILABLE' || code === 'TIMEOUT';

/**
 * Answers `/api/trpc/<path>`. The freshness header is that of the worst read in the response; our own client doesn't
 * batch, so that one slow read never holds up another and each answer's header is its own.
 */
export const handleTrpc = async (
  parts: WebParts,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  requestId: string,
): Promise<void> => {
  const arrivedAt = performance.now();
  const input = url.searchParams.get('input');
  const objection = input === null ? null : objectionToJson(input);
  if (objection) return answerObjection(res, objection, requestId);
  let body: string | undefined;
  if (req.method === 'POST') {
    const read = await readBody(req, apiLimits.bodyBytes);
    if (read.status === 'broken') return void res.destroy();
    if (read.status === 'too-large') return answerObjection(res, tooLarge, requestId);
    const text = read.bytes.toString('utf8');
    const deep = objectionToJson(text);
    if (deep) return answerObjection(res, deep, requestId);
    body = text;
  }

  let freshness: Freshness | null = null;
  const log = parts.runtime.log.child({ requestId });
  const createContext = async (): Promise<ApiContext> => ({
    requestId,
    runtime: parts.runtime,
    log,
    viewer: await viewerOf(parts, req),
    token: header(req, tokenHeader),
    reportFreshness: (reported) => {
      freshness = freshness === null ? reported : worseFreshness(freshness, reported);
      parts.metrics.reads.inc({ freshness: reported });
    },
  });
  const headers = (errors: readonly TRPCError[]): Record<string, string> => ({
    // Browsers show it beside the request; `npm run bench -- search` measures by it.
    'server-timing': `total;dur=${(performance.now() - arrivedAt).toFixed(1)}`,
    ...(freshness === null ? {} : { [freshnessHeader]: freshness }),
    ...(errors.some((error) => error.code === 'SERVICE_UNAVAILABLE') ? { 'retry-after': '2' } : {}),
  });
  const onError = ({ error, path, type }: { error: TRPCError; path?: string | undefined; type: string }): void => {
    // A path that nobody answers is the caller's invention, and would be a new label each time.
    parts.metrics.procedureErrors.inc({
      path: error.code === 'NOT_FOUND' ? 'any' : (path ?? 'unknown'),
      code: error.code,
    });
    // The message of a driver's error may quote values, so that only its class and code are written down.
    const cause = error.cause;
    const about = { path, type, code: error.code, cause: cause?.name, causeCode: codeOf(cause) };
    if (isFailure(error.code)) log.error({ ...about, stack: cause?.stack ?? error.stack }, 'procedure failed');
    else log.debug(about, 'procedure refused');
  };
  const call = plainCallOf(req, url, body);
  if (call) return answerPlainCall(call, res, { createContext, headers, onError });
  await nodeHTTPRequestHandler({
    router: appRouter,
    createContext,
    req: body === undefined ? req : Object.assign(req, { body }),
    res,
    path: url.pathname.slice('/api/trpc/'.length),
    maxBatchSize: apiLimits.batch,
    responseMeta: ({ errors }) => ({ headers: headers(errors) }),
    onError,
  });
};

const codeOf = (cause: unknown): string | undefined =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : undefined;
