import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { v7 } from 'uuid';

/** An HTTP answer of the product's API; `data` is a tRPC result's, `error` a tRPC error's. */
export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly data: unknown;
  readonly error: { readonly code: string; readonly words: string; readonly refusal: Refusal | null } | null;
};

type Refusal = { readonly kind: string; readonly rejection?: { readonly code: string } };

/** A command that the product has answered. */
export type Acknowledged = {
  readonly commandId: string;
  readonly path: string;
  /** Ids of the events that it said were recorded; empty when it was refused. */
  readonly eventIds: readonly string[];
  readonly orderId: string;
  readonly tries: number;
  readonly refusal: string | null;
};

/** What clients of the product saw, and the journal of what they were told. */
export type Customer = {
  readonly journal: Acknowledged[];
  /** Tries that got no answer, or one that says to come back, by what was seen: `503`, `ECONNRESET`, … */
  readonly troubles: Map<string, number>;
  readonly query: (path: string, input: unknown, cookie?: string) => Promise<Answer>;
  /** One try, of whatever outcome; rejects where there is no answer. */
  readonly post: (path: string, input: unknown, cookie?: string) => Promise<Answer>;
  /** Sends a command under one id until it is answered for good, and notes the answer. */
  readonly command: (
    path: string,
    input: CommandInput,
    cookie?: string,
  ) => Promise<{ answer: Answer; note: Acknowledged }>;
  readonly signIn: (email: string, password: string) => Promise<string>;
  readonly cardToken: (number?: string) => Promise<string>;
  readonly close: () => void;
};

export type CommandInput = { readonly commandId: string; readonly orderId: string } & Readonly<Record<string, unknown>>;

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

type Body = {
  readonly result?: { readonly data?: unknown };
  readonly error?: { readonly data?: Answer['error'] };
};

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);

/** Answers that settle nothing: the same command may be sent again. */
const passes = (status: number): boolean => status >= 500 || status === 408 || status === 0;

const secondsMost = 90;

/** Talks to the product over HTTP as browsers do, on at most `sockets` connections. */
export const openCustomer = (origin: string, sockets = 256): Customer => {
  const agent = new Agent({ keepAlive: true, maxSockets: sockets });
  const journal: Acknowledged[] = [];
  const troubles = new Map<string, number>();
  const trouble = (what: string): void => void troubles.set(what, (troubles.get(what) ?? 0) + 1);

  const send = (method: 'GET' | 'POST', path: string, body: string | null, cookie?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = {
        origin,
        ...(cookie ? { cookie } : {}),
        ...(body === null ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      };
      const sent = request(new URL(path, origin), { method, agent, headers, timeout: 20_000 }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const parsed = parse(Buffer.concat(chunks).toString()) as Body | null;
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            data: parsed?.result?.data ?? parsed,
            error: parsed?.error?.data ?? null,
          });
        });
      });
      sent.on('timeout', () => sent.destroy(Object.assign(new Error('No answer in 20 s'), { code: 'NO_ANSWER' })));
      sent.on('error', reject);
      sent.end(body);
    });

  const post: Customer['post'] = (path, input, cookie) =>
    send('POST', `/api/trpc/${path}`, JSON.stringify(input), cookie);
  const query: Customer['query'] = (path, input, cookie) =>
    send('GET', `/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, null, cookie);

  const command: Customer['command'] = async (path, input, cookie) => {
    const end = performance.now() + secondsMost * 1_000;
    for (let tries = 1; performance.now() < end; tries += 1) {
      try {
        const answer = await post(path, input, cookie);
        // Commands are of orders that are there.
        if (answer.status === 404) throw new Error(`${path} is not there: ${JSON.stringify(answer.error)}`);
        if (!passes(answer.status)) {
          const { events = [] } = (answer.data ?? {}) as { events?: readonly { eventId: string }[] };
          const note: Acknowledged = {
            commandId: input.commandId,
            orderId: input.orderId,
            path,
            tries,
            eventIds: answer.status === 200 ? events.map(({ eventId }) => eventId) : [],
            refusal:
              answer.status === 200
                ? null
                : (answer.error?.refusal?.rejection?.code ?? answer.error?.refusal?.kind ?? `${answer.status}`),
          };
          journal.push(note);
          return { answer, note };
        }
        trouble(String(answer.status));
      } catch (error) {
        if (codeOf(error).startsWith('Error: ')) throw error;
        trouble(codeOf(error));
      }
      await delay(Math.min(100 * tries, 500));
    }
    throw new Error(`${path} got no answer within ${secondsMost} s`);
  };

  const signIn: Customer['signIn'] = async (email, password) => {
    const answer = await send('POST', '/api/auth/sign-in/email', JSON.stringify({ email, password }));
    const cookies = answer.headers['set-cookie'];
    if (answer.status !== 200 || !cookies) throw new Error(`${email} could not sign in: ${answer.status}`);
    return cookies.map((cookie) => cookie.split(';')[0]).join('; ');
  };

  const cardToken: Customer['cardToken'] = async (number = '4242424242424242') => {
    const { data } = await post('shop.tokenizeCard', { number, expiry: '12/39', cvc: '123' });
    const token = (data as { cardToken?: string } | null)?.cardToken;
    if (!token) throw new Error('No card token');
    return token;
  };

  return { journal, troubles, query, post, command, signIn, cardToken, close: () => agent.destroy() };
};

/** What a guest's checkout sends. */
export const guestOrder = (
  nth: number,
  cardToken: string,
  lines: readonly { readonly sku: string; readonly quantity: number }[],
) => ({
  orderId: v7(),
  commandId: v7(),
  lines,
  contact: { name: `Buyer ${nth}`, email: `buyer${nth}@mail.example`, phone: null },
  address: {
    name: `Buyer ${nth}`,
    street: 'Rua das Flores 118',
    postalCode: '4050-265',
    city: 'Porto',
    region: null,
    country: 'PT',
  },
  shippingMethod: 'standard',
  discountCode: null,
  cardToken,
  agreedTotalMinor: null,
});
