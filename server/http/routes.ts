import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RouteKind } from '#server/observability/metrics.ts';

const apiRoutes: readonly (readonly [prefix: string, kind: RouteKind])[] = [
  ['/api/trpc/live.', 'live'],
  ['/api/trpc/', 'trpc'],
  ['/api/auth/', 'auth'],
  ['/api/webhooks/', 'webhook'],
  ['/api/payments/', 'payments'],
  ['/api/export/', 'export'],
  ['/api/health', 'health'],
  ['/api/metrics', 'metrics'],
];

/** What a path is; null for an address below /api that nobody answers. */
export const routeOf = (path: string): RouteKind | null => {
  if (path !== '/api' && !path.startsWith('/api/')) return 'page';
  return apiRoutes.find(([prefix]) => path.startsWith(prefix))?.[1] ?? null;
};

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Whether the request was made on this very machine, and not passed on by a proxy on it. */
export const isLocal = (req: IncomingMessage): boolean =>
  loopback.has(req.socket.remoteAddress ?? '') && req.headers['x-forwarded-for'] === undefined;

/** The request's address; null when it is none. */
export const urlOf = (req: IncomingMessage): URL | null => {
  try {
    // The host is of no interest, and a client's to choose.
    return new URL(req.url ?? '/', 'http://waybill.invalid');
  } catch {
    return null;
  }
};

export type Handler = (req: IncomingMessage, res: ServerResponse, url: URL, requestId: string) => Promise<void>;
