import type { IncomingMessage } from 'node:http';

export type BodyResult =
  | { readonly status: 'read'; readonly bytes: Buffer }
  | { readonly status: 'too-large' }
  /** The client went away, or sent less than it announced. */
  | { readonly status: 'broken' };

/** Reads a whole body of at most `bytesMost`. What comes after that is thrown away unread. */
export const readBody = async (req: IncomingMessage, bytesMost: number): Promise<BodyResult> => {
  if (Number(req.headers['content-length'] ?? 0) > bytesMost) return { status: 'too-large' };
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of req) {
      size += chunk.length;
      if (size > bytesMost) return { status: 'too-large' };
      chunks.push(chunk);
    }
  } catch {
    return { status: 'broken' };
  }
  return { status: 'read', bytes: Buffer.concat(chunks) };
};
