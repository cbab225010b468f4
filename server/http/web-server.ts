import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import type { RouteKind } from '#server/observability/metrics.ts';
import { answerJson, answerObjection } from './answer.ts';
import { handleAuth } from './auth-handler.ts';
import { handleBankChallenge } from './bank-challenge.ts';
import { handleExportOrders } from './export-orders.ts';
import { objectionToHead } from './guard.ts';
import { handlePaymentWebhook } from './payment-webhook.ts';
import { type Handler, isLocal, routeOf, urlOf } from './routes.ts';
import { apiContentSecurityPolicy, contentSecurityPolicy, newNonce, setSecurityHeaders } from './security-headers.ts';
import { handleTrpc } from './trpc-handler.ts';
import type { WebParts } from './web-parts.ts';

/** Longest for the whole request to arrive. */
const requestTimeoutMs = 30_000;

const notFound = { code: 'NOT_FOUND', words: 'There is nothing at this address.' };

const createHandlers = (parts: WebParts): Readonly<Record<Exclude<RouteKind, 'page'>, Handler>> => {
  const trpc: Handler = (req, res, url, requestId) => handleTrpc(parts, req, res, url, requestId);
  return {
    trpc,
    live: trpc,
    auth: (req, res, url, requestId) => handleAuth(parts, req, res, url, requestId),
    webhook: (req, res, url, requestId) => handlePaymentWebhook(parts, req, res, url, requestId),
    payments: (req, res, url) => handleBankChallenge(parts, req, res, url),
    export: (req, res, url, requestId) => handleExportOrders(parts, req, res, url, requestId),
    health: async (_req, res) => {
      const report = await parts.health.check();
      answerJson(res, report.status === 'database-unreachable' ? 503 : 200, report);
    },
    metrics: async (req, res) => {
      if (!isLocal(req)) return answerJson(res, 404, notFound);
      res.setHeader('Content-Type', parts.metrics.registry.contentType);
      res.end(await parts.metrics.registry.metrics());
    },
  };
};

/** Pages: the nonce is ours. What a client sends under these names is overwritten, since Next believes them. */
const servePage = (parts: WebParts, req: IncomingMessage, res: ServerResponse, url: URL): void => {
  const nonce = newNonce();
  const policy = contentSecurityPolicy(nonce, parts.isDevelopment);
  req.headers['x-nonce'] = nonce;
  req.headers['content-security-policy'] = policy;
  // Where a page sends back to after signing in (app/_server/visitor.ts).
  req.headers['x-waybill-path'] = `${url.pathname}${url.search}`;
  delete req.headers['content-security-policy-report-only'];
  res.setHeader('Content-Security-Policy', policy);
  // The address is the key to somebody's order: nobody is told where the reader came from, and no index keeps it.
  if (url.searchParams.has('link')) {
    res.setHeader('Referrer-Policy', 'no-referrer');
    res.setHeader('X-Robots-Tag', 'noindex');
  }
  if (parts.pages) parts.pages(req, res);
  else answerJson(res, 404, notFound);
};

const observe = (parts: WebParts, route: RouteKind | null, res: ServerResponse): void => {
  const stop = parts.metrics.requestSeconds.startTimer({ route: route ?? 'unknown' });
  res.once('close', () => stop({ status: `${Math.floor(res.statusCode / 100)}xx` }));
};

const keepStream = (parts: WebParts, streams: Set<ServerResponse>, res: ServerResponse): void => {
  streams.add(res);
  parts.metrics.openStreams.inc();
  // A ping may still be written after the end of a stream that we closed ourselves.
  res.on('error', () => undefined);
  res.once('close', () => {
    streams.delete(res);
    parts.metrics.openStreams.dec();
  });
};

/** So long, in ms, may a client still send on a connection that it has kept: it is answered, and told to let go. */
const lettingGoMs = 1_000;

type Open = {
  readonly connections: ReadonlySet<Socket>;
  /** What is being answered. */
  readonly underWay: ReadonlySet<ServerResponse>;
  /** Those of them that are event streams. */
  readonly streams: ReadonlySet<ServerResponse>;
};

/**
 * Cuts what carries no request. Node's own `closeIdleConnections` leaves those on which nothing was ever asked, which
 * browsers open ahead of need: one of them would hold the server open for half a minute.
 */
const cutIdle = ({ connections, underWay }: Open): void => {
  const busy = new Set([...underWay].map(({ req }) => req.socket));
  for (const connection of connections) if (!busy.has(connection)) connection.destroy();
};

/** Takes no new connections, lets go of kept ones as they are used, ends event streams, and waits for the rest. */
const closeServer = async (server: Server, open: Open): Promise<void> => {
  // The HTTP server's own `close` cuts kept connections at once, with what was just sent on them.
  const closed = new Promise<void>((resolve) => NetServer.prototype.close.call(server, () => resolve()));
  for (const res of open.underWay) letGo(res);
  // A browser connects again by itself, after this pause, and resumes after the last event that it got.
  for (const res of open.streams) res.end('retry: 1000\n\n');
  // Again and again: answers that end from now on may leave idle connections behind.
  const sweep = setInterval(() => cutIdle(open), lettingGoMs);
  await closed;
  clearInterval(sweep);
};

const letGo = (res: ServerResponse): void => {
  if (!res.headersSent) res.setHeader('Connection', 'close');
};

export type WebServer = {
  /** Takes no more requests, ends event streams so that their clients come back, and waits for what is under way. */
  readonly close: () => Promise<void>;
};

/**
 * Makes `server` the web process's one HTTP server: /api/* is answered here, everything else by Next. It is not
 * listening yet.
 */
export const createWebServer = (parts: WebParts, server: Server): WebServer => {
  const handlers = createHandlers(parts);
  const streams = new Set<ServerResponse>();
  const underWay = new Set<ServerResponse>();
  const connections = new Set<Socket>();
  let isClosing = false;

  const serve = async (req: IncomingMessage, res: ServerResponse, requestId: string): Promise<void> => {
    const url = urlOf(req);
    const route = url ? routeOf(url.pathname) : null;
    observe(parts, route, res);
    if (url && route === 'page') return servePage(parts, req, res, url);
    res.setHeader('Content-Security-Policy', apiContentSecurityPolicy);
    res.setHeader('Cache-Control', 'no-store');
    if (!url || !route || route === 'page') return answerJson(res, 404, notFound);
    // Webhooks come from elsewhere: they carry a signature instead of an origin.
    const objection = route === 'webhook' ? null : objectionToHead(req, parts.origins);
    if (objection) return answerObjection(res, objection, requestId);
    if (route === 'live') keepStream(parts, streams, res);
    await handlers[route](req, res, url, requestId);
  };

  server.on('connection', (connection) => {
    connections.add(connection);
    connection.once('close', () => connections.delete(connection));
  });
  server.on('request', (req, res) => {
    const requestId = randomUUID();
    underWay.add(res);
    res.once('close', () => underWay.delete(res));
    if (isClosing) letGo(res);
    res.setHeader('X-Request-Id', requestId);
    setSecurityHeaders(res, parts.isHttps);
    serve(req, res, requestId).catch((error: unknown) => {
      const name = error instanceof Error ? error.name : 'unknown';
      const stack = error instanceof Error ? error.stack : undefined;
      parts.runtime.log.error({ requestId, name, stack }, 'request failed');
      const words = 'Something failed on our side. Try again; nothing is done twice.';
      answerJson(res, 500, { code: 'INTERNAL_SERVER_ERROR', words, reference: requestId });
    });
  });
  server.requestTimeout = requestTimeoutMs;
  server.headersTimeout = 10_000;
  server.keepAliveTimeout = 65_000;
  return {
    close: () => {
      isClosing = true;
      return closeServer(server, { connections, underWay, streams });
    },
  };
};
