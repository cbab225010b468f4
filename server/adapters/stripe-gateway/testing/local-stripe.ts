import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FormValue, parseForm, textOf } from './form.ts';
import { createLocalObjects, failed, type LocalObjects, type Reply } from './local-objects.ts';

/**
 * What goes wrong with the next request that matches. `…Before`: nothing was done; `…After`: it was done, and the
 * answer is lost on its way. `hang` answers nothing, ever, though it was done.
 */
export type Fault = 'resetBefore' | 'resetAfter' | 'errorBefore' | 'errorAfter' | 'rateLimit' | 'hang';

export type LocalEvent = { readonly id: string; readonly type: string; readonly object: Record<string, unknown> };

export type LocalStripe = {
  readonly url: string;
  readonly secretKey: string;
  readonly objects: LocalObjects;
  /** Requests that reached the server, such as `POST /v1/refunds`. */
  readonly requests: string[];
  /** Webhooks that have not been taken yet, oldest first. */
  takeEvents(): LocalEvent[];
  /** `times` requests whose `METHOD path` begins so go wrong. */
  fail(fault: Fault, begins: string, times?: number): void;
  /** Nothing goes wrong any more. */
  recover(): void;
  /** Stripe forgets idempotency keys after a day or more. */
  forgetKeys(): void;
  close(): Promise<void>;
};

/** A webhook's body and header, by Stripe's scheme: HMAC-SHA256 over `t.body`. */
export const signedEvent = (secret: string, event: LocalEvent, at: Date) => {
  const seconds = Math.floor(at.getTime() / 1_000);
  const { id, type, object } = event;
  const body = Buffer.from(
    JSON.stringify({ id, object: 'event', type, created: seconds, livemode: false, data: { object } }),
  );
  const v1 = createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex');
  return { body, headers: { 'stripe-signature': `t=${seconds},v1=${v1}` } };
};

const route = (objects: LocalObjects, method: string, path: string, form: Record<string, FormValue>): Reply => {
  const [, , resource, id = '', action] = path.split('/');
  const expandsCharge = JSON.stringify(form.expand ?? '').includes('latest_charge');
  switch (`${method} ${resource}${id && id !== 'search' ? '/:id' : id && '/search'}${action ? `/${action}` : ''}`) {
    case 'POST payment_intents':
      return objects.createIntent(form, expandsCharge);
    case 'GET payment_intents/search':
      return objects.searchIntents(textOf(form.query) ?? '');
    case 'GET payment_intents/:id':
      return objects.retrieveIntent(id, expandsCharge);
    case 'POST payment_intents/:id/capture':
      return objects.captureIntent(id, form);
    case 'POST payment_intents/:id/cancel':
      return objects.cancelIntent(id, textOf(form.cancellation_reason));
    case 'POST refunds':
      return objects.createRefund(form);
    case 'GET refunds':
      return objects.listRefunds(textOf(form.payment_intent) ?? '');
    case 'GET refunds/:id':
      return objects.retrieveRefund(id);
    case 'GET payment_methods/:id':
      return objects.retrieveCard(id);
    default:
      return failed(404, 'invalid_request_error', 'resource_missing', `Unrecognized request URL (${method}: ${path}).`);
  }
};

const bodyOf = async (req: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
};

/** A server that speaks as much of Stripe's HTTP API as the adapter does, with its idempotency, errors and failures. */
export const startLocalStripe = async (): Promise<LocalStripe> => {
  const secretKey = `sk_test_${randomBytes(12).toString('hex')}`;
  const requests: string[] = [];
  const faults: { readonly fault: Fault; readonly begins: string; times: number }[] = [];
  const remembered = new Map<string, { readonly print: string; readonly reply: Reply | null }>();
  let events: LocalEvent[] = [];
  const objects = createLocalObjects((type, object) => {
    events.push({ id: `evt_${randomBytes(12).toString('hex')}`, type, object });
  });

  const idempotent = (key: string | undefined, print: string, perform: () => Reply): Reply => {
    if (!key) return perform();
    const before = remembered.get(key);
    if (before && before.print !== print)
      return failed(
        400,
        'idempotency_error',
        'idempotency_error',
        'Keys for idempotent requests can only be used with the same parameters they were first used with.',
      );
    if (before?.reply) return before.reply;
    const reply = perform();
    // Kept once the request began to execute: not when it was invalid, in conflict or limited.
    const isKept = reply.status === 200 || reply.status === 402 || reply.status >= 500;
    if (isKept) remembered.set(key, { print, reply });
    return reply;
  };

  const takeFault = (line: string): Fault | null => {
    const found = faults.find(({ begins, times }) => times > 0 && line.startsWith(begins));
    if (!found) return null;
    found.times -= 1;
    return found.fault;
  };

  const answer = (res: ServerResponse, { status, body }: Reply): void => {
    const json = JSON.stringify(body);
    res.writeHead(status, {
      'content-type': 'application/json',
      'request-id': `req_${randomBytes(6).toString('hex')}`,
    });
    res.end(json);
  };

  const serverError: Reply = {
    status: 500,
    body: { error: { type: 'api_error', message: 'An unknown error occurred' } },
  };

  const serve = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const url = new URL(req.url ?? '/', 'http://local');
    const method = req.method ?? 'GET';
    const text = method === 'GET' ? url.search.slice(1) : await bodyOf(req);
    const line = `${method} ${url.pathname}`;
    requests.push(line);
    if (req.headers.authorization !== `Bearer ${secretKey}`)
      return answer(res, failed(401, 'invalid_request_error', '', 'Invalid API Key provided'));
    const fault = takeFault(line);
    if (fault === 'resetBefore') return void res.socket?.resetAndDestroy();
    if (fault === 'rateLimit')
      return answer(res, failed(429, 'invalid_request_error', 'rate_limit', 'Too many requests'));
    const key = req.headers['idempotency-key'];
    const print = createHash('sha256').update(`${line}\n${text}`).digest('hex');
    const perform = (): Reply => {
      if (fault === 'errorBefore') return serverError;
      const reply = route(objects, method, url.pathname, parseForm(text));
      return fault === 'errorAfter' ? serverError : reply;
    };
    const reply = idempotent(typeof key === 'string' ? key : undefined, print, perform);
    switch (fault) {
      case 'resetAfter':
        return void res.socket?.resetAndDestroy();
      case 'hang':
        return;
      default:
        return answer(res, reply);
    }
  };

  const server = createServer((req, res) => {
    serve(req, res).catch((error: unknown) => answer(res, failed(500, 'api_error', '', String(error))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    secretKey,
    objects,
    requests,
    takeEvents: () => {
      const taken = events;
      events = [];
      return taken;
    },
    fail: (fault, begins, times = 1) => {
      faults.push({ fault, begins, times });
    },
    recover: () => {
      faults.length = 0;
    },
    forgetKeys: () => remembered.clear(),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
