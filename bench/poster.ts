import { connect, type Socket } from 'node:net';
import type { Answer } from './orders.ts';

export type Poster = {
  /** Posts JSON over the first connection that is free. Rejects where the connection is lost before the answer. */
  post(path: string, body: unknown): Promise<Answer>;
  close(): void;
};

type Pending = { readonly resolve: (answer: Answer) => void; readonly reject: (error: Error) => void };
type Line = { readonly socket: Socket; received: Buffer; pending: Pending | null };

const headEnd = '\r\n\r\n';

/** The answer that has arrived, and null while there is more to come. HTTP/1.1 with a Content-Length, as ours always has. */
const answerIn = (received: Buffer): Answer | null => {
  const headLength = received.indexOf(headEnd);
  if (headLength < 0) return null;
  const head = received.toString('latin1', 0, headLength);
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  if (length === undefined) throw new Error(`An answer without a length: ${head}`);
  const from = headLength + headEnd.length;
  if (received.length < from + Number(length)) return null;
  return { status: Number(head.slice(9, 12)), body: received.toString('utf8', from, from + Number(length)) };
};

/**
 * Posts over at most so many connections that stay open, one request at a time on each. Node's own client takes as much
 * of the processors that it shares with the product as PostgreSQL does for placing the order.
 */
export const openPoster = (origin: string, connectionsMost: number): Poster => {
  const { host, hostname, port } = new URL(origin);
  const lines = new Set<Line>();
  const free: Line[] = [];
  const waiting: ((line: Line) => void)[] = [];

  const done = (line: Line): void => {
    line.pending = null;
    const next = waiting.shift();
    if (next) next(line);
    else free.push(line);
  };

  const open = (): Line => {
    const line: Line = { socket: connect(Number(port), hostname), received: Buffer.alloc(0), pending: null };
    lines.add(line);
    line.socket.setNoDelay(true);
    line.socket.on('data', (chunk) => {
      line.received = line.received.length === 0 ? chunk : Buffer.concat([line.received, chunk]);
      const { pending } = line;
      try {
        const answer = answerIn(line.received);
        if (!answer || !pending) return;
        line.received = Buffer.alloc(0);
        done(line);
        pending.resolve(answer);
      } catch (error) {
        line.socket.destroy(error as Error);
      }
    });
    let failure = new Error('The connection was closed before the answer');
    line.socket.on('error', (error) => {
      failure = error;
    });
    line.socket.on('close', () => {
      lines.delete(line);
      const at = free.indexOf(line);
      if (at >= 0) free.splice(at, 1);
      line.pending?.reject(failure);
      // Whoever waits for a connection gets one of their own.
      const next = waiting.shift();
      if (next) next(open());
    });
    return line;
  };

  const take = (): Promise<Line> | Line => {
    const line = free.pop();
    if (line) return line;
    return lines.size < connectionsMost ? open() : new Promise((resolve) => waiting.push(resolve));
  };

  return {
    post: async (path, body) => {
      const text = JSON.stringify(body);
      const line = await take();
      return new Promise((resolve, reject) => {
        line.pending = { resolve, reject };
        line.socket.write(
          `POST ${path} HTTP/1.1\r\nhost: ${host}\r\norigin: ${origin}\r\ncontent-type: application/json\r\n` +
            `content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
        );
      });
    },
    close: () => {
      for (const { socket } of lines) socket.destroy();
    },
  };
};
