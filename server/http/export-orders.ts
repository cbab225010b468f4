import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Access, decideAccess, type Viewer } from '#server/api/access.ts';
import { tokenCookie } from '#server/api/freshness.ts';
import { searchInput } from '#server/api/support/search-input.ts';
import { isUnavailable } from '#server/api/unavailable.ts';
import { readStaff } from '#server/queries/audit-actors.ts';
import { exportOrders } from '#server/queries/order-search/export-orders.ts';
import { readSearch } from '#server/queries/order-search/read-search.ts';
import { answerJson } from './answer.ts';
import { cookieValue } from './cookies.ts';
import type { WebParts } from './web-parts.ts';

/** Who may export: who may search. */
const rule = { to: 'roles', roles: ['support', 'admin'] } as const;

const input = z.strictObject(searchInput);

/** Each takes a connection, a page at a time; the rest is for those who work. */
const atOnceMost = 2;
let underWay = 0;
/** Under the 20 s within which a process that was told to end is gone: one who stopped reading must not hold it up. */
const idleMostMs = 15_000;

type Refused = readonly [status: number, code: string, words: string];

const refusals: Readonly<Record<Exclude<Access, 'allowed'>, Refused>> = {
  'sign-in': [401, 'UNAUTHORIZED', 'Sign in to export orders.'],
  forbidden: [403, 'FORBIDDEN', 'Only the support desk may export orders.'],
  'not-found': [404, 'NOT_FOUND', 'There is nothing at this address.'],
};

const refuse = (res: ServerResponse, [status, code, words]: Refused): void => answerJson(res, status, { code, words });

const busy = (res: ServerResponse): void => {
  res.setHeader('Retry-After', '10');
  refuse(res, [503, 'SERVICE_UNAVAILABLE', 'Other exports are under way. Try again in a moment.']);
};

/** Writes as fast as the client reads; stops where it has gone. Returns the bytes written. */
const pour = async (res: ServerResponse, pieces: AsyncIterable<string>): Promise<number> => {
  const gone = new AbortController();
  res.once('close', () => gone.abort());
  // Who reads nothing for so long has gone without saying so.
  res.setTimeout(idleMostMs, () => res.destroy());
  let bytes = 0;
  for await (const piece of pieces) {
    if (gone.signal.aborted) return bytes;
    bytes += Buffer.byteLength(piece);
    if (!res.write(piece)) await once(res, 'drain', { signal: gone.signal }).catch(() => undefined);
  }
  res.end();
  return bytes;
};

/**
 * Answers `GET /api/export/orders.csv?q=…&view=…&sort=…`: a search's result as a file, streamed. Checked like a
 * procedure. `HEAD` says whether it could be had now: a link that is followed shows nobody why not. Where it fails midway the connection breaks, so that half a file is not taken for a whole one.
 */
export const handleExportOrders = async (
  parts: WebParts,
  req: IncomingMessage,
  res: ServerResponse,
  url: URL,
  requestId: string,
): Promise<void> => {
  const { runtime } = parts;
  if ((req.method !== 'GET' && req.method !== 'HEAD') || url.pathname !== '/api/export/orders.csv')
    return refuse(res, refusals['not-found']);
  // The answer is a file on a person's disk: no other site may have it put there.
  if (req.headers['sec-fetch-site'] === 'cross-site') return refuse(res, refusals.forbidden);
  let viewer: Viewer | null;
  try {
    viewer = await parts.findViewer(req.headers.cookie);
  } catch (error) {
    if (isUnavailable(error)) return busy(res);
    throw error;
  }
  const access = decideAccess(rule, viewer, null);
  if (access !== 'allowed') return refuse(res, refusals[access]);
  if (!viewer) throw new Error('Nobody was let in');
  const asked = input.safeParse(Object.fromEntries(url.searchParams));
  if (!asked.success) return refuse(res, [400, 'BAD_REQUEST', 'This export was asked for in a way that is not known.']);
  if (underWay >= atOnceMost) return busy(res);
  if (req.method === 'HEAD') {
    res.writeHead(204).end();
    return;
  }

  underWay += 1;
  const log = runtime.log.child({ requestId });
  try {
    const token = cookieValue(req.headers.cookie, tokenCookie);
    if (token !== null && token.length <= 100) await runtime.waitFor(['order_search'], token);
    const [search, staff] = await Promise.all([readSearch(runtime, viewer.id, asked.data), readStaff(runtime)]);
    res.setHeader('Content-Type', 'text/csv; charset=utf-8');
    res.setHeader('Content-Disposition', `attachment; filename="orders-${new Date().toISOString().slice(0, 10)}.csv"`);
    const names = Object.fromEntries(staff.map(({ id, name }) => [id, name]));
    const bytes = await pour(res, exportOrders(runtime, search, names));
    log.info({ viewer: viewer.id, bytes }, 'orders exported');
  } catch (error) {
    if (!res.headersSent) {
      res.removeHeader('Content-Disposition');
      if (isUnavailable(error)) return busy(res);
      throw error;
    }
    log.error({ name: error instanceof Error ? error.name : 'unknown' }, 'an export broke off');
    res.destroy();
  } finally {
    underWay -= 1;
  }
};
