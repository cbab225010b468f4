import { connect, createServer, type Server, type Socket } from 'node:net';
import { overTcp } from '#db/socket-address.ts';

/**
 * When a connection is cut: before the server gets the request; right after it was sent, while the server works; or
 * once the server has committed and answered, before the client hears of it.
 */
export type Cut = 'before' | 'meanwhile' | 'after-commit';

export type CuttingProxy = {
  /** The address of the same database through this proxy. */
  readonly url: string;
  /** Cuts the connection that carries a request with this text in it, once. */
  readonly arm: (text: string, cut: Cut) => void;
  readonly disarm: (text: string) => void;
  /** How often each cut was made. */
  readonly made: Readonly<Record<Cut, number>>;
  /** Refuses new connections, or no longer. */
  readonly refuse: (isRefusing: boolean) => void;
  /** Cuts all connections now. */
  readonly cutAll: () => void;
  readonly close: () => Promise<void>;
};

/** The whole messages at the start of what a PostgreSQL server sent: a type, a length, a body. */
const wholeMessages = (data: Buffer): { readonly messages: readonly Buffer[]; readonly rest: Buffer } => {
  const messages: Buffer[] = [];
  let from = 0;
  while (data.length >= from + 5) {
    const end = from + 1 + data.readInt32BE(from + 1);
    if (end > data.length) break;
    messages.push(data.subarray(from, end));
    from = end;
  }
  return { messages, rest: data.subarray(from) };
};

/** A row that es.append answers with when it wrote something (db/migrations/0003-append.sql). */
const isAppended = (message: Buffer): boolean => message[0] === 0x44 && message.includes('{"x":');
const isReadyForQuery = (message: Buffer): boolean => message[0] === 0x5a;

/** Stands between a client and PostgreSQL, and cuts connections where it hurts. TCP on 127.0.0.1, no TLS. */
export const startCuttingProxy = async (databaseUrl: string): Promise<CuttingProxy> => {
  const target = new URL(databaseUrl);
  const armed = new Map<string, Cut>();
  const made = { before: 0, meanwhile: 0, 'after-commit': 0 };
  const open = new Set<Socket>();
  let isRefusing = false;

  /** How to cut for these data; of several commands that travel together, all are hit by the cut of the first. */
  const takeArmed = (data: Buffer): Cut | undefined => {
    const hit = [...armed].filter(([text]) => data.includes(text));
    const cut = hit[0]?.[1];
    for (const [text] of hit) armed.delete(text);
    if (cut) made[cut] += hit.length;
    return cut;
  };

  const serve = (client: Socket): void => {
    if (isRefusing) {
      client.destroy();
      return;
    }
    const server = connect({ host: target.hostname, port: Number(target.port) });
    const cut = (): void => {
      client.destroy();
      server.destroy();
      open.delete(client);
    };
    open.add(client);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', cut);
      socket.on('close', cut);
    }
    let withholds = false;
    let hasAnswer = false;
    const withheld: Buffer[] = [];
    let heard: Buffer = Buffer.alloc(0);
    client.on('data', (data: Buffer) => {
      const when = takeArmed(data);
      if (!when) {
        server.write(data);
        return;
      }
      if (when === 'before') return cut();
      if (when === 'meanwhile') {
        server.write(data, () => cut());
        return;
      }
      withholds = true;
      server.write(data);
    });
    server.on('data', (data: Buffer) => {
      // Counted from the start, since a chunk may end within a message.
      const { messages, rest } = wholeMessages(Buffer.concat([heard, data]));
      heard = rest;
      if (!withholds) {
        client.write(data);
        return;
      }
      withheld.push(data);
      hasAnswer ||= messages.some(isAppended);
      if (!messages.some(isReadyForQuery)) return;
      // Ready for a query again: what was asked for is committed. Nothing was written? Then it has its answer.
      if (hasAnswer) return cut();
      withholds = false;
      client.write(Buffer.concat(withheld.splice(0)));
    });
  };

  const server: Server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(overTcp(databaseUrl));
  url.hostname = '127.0.0.1';
  url.port = String(address !== null && typeof address === 'object' ? address.port : 0);
  const cutAll = (): void => {
    for (const client of [...open]) client.destroy();
  };
  return {
    url: url.href,
    arm: (text, cut) => void armed.set(text, cut),
    disarm: (text) => void armed.delete(text),
    made,
    refuse: (refusing) => {
      isRefusing = refusing;
    },
    cutAll,
    close: () =>
      new Promise((resolve) => {
        cutAll();
        server.close(() => resolve());
      }),
  };
};
