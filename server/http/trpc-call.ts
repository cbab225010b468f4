import type { IncomingMessage, ServerResponse } from 'node:http';
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, type TRPCError } from '@trpc/server';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { ApiContext } from '#server/api/context.ts';
import { appRouter } from '#server/api/router.ts';

/** One call of one procedure: no batch, no stream. */
export type PlainCall = {
  readonly path: string;
  readonly type: 'query' | 'mutation';
  readonly input: unknown;
};

// By whole path: the router flattens its tree, though its type doesn't say so.
const procedures = appRouter._def.procedures as unknown as Readonly<
  Record<string, { readonly _def: { readonly type: string } }>
>;

const inputOf = (text: string | null): { readonly input: unknown } | null => {
  if (text === null || text === '') return { input: undefined };
  try {
    return { input: JSON.parse(text) };
  } catch {
    return null;
  }
};

/** The plain call that a request is; null for whatever else tRPC understands or refuses, which its own adapter answers. */
export const plainCallOf = (req: IncomingMessage, url: URL, body: string | undefined): PlainCall | null => {
  if (url.searchParams.has('batch') || req.headers['trpc-accept'] !== undefined) return null;
  const path = url.pathname.slice('/api/trpc/'.length);
  if (!Object.hasOwn(procedures, path)) return null;
  const type = procedures[path]?._def.type;
  const isRead = type === 'query' && req.method === 'GET';
  const isWrite = type === 'mutation' && req.method === 'POST';
  if (!isRead && !isWrite) return null;
  const given = inputOf(isRead ? url.searchParams.get('input') : (body ?? null));
  return given && { path, type, input: given.input };
};

export type CallHooks = {
  readonly createContext: () => Promise<ApiContext>;
  readonly headers: (errors: readonly TRPCError[]) => Readonly<Record<string, string>>;
  readonly onError: (about: { error: TRPCError; path: string; type: PlainCall['type'] }) => void;
};

const answer = (
  res: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  content: unknown,
): void => {
  if (res.destroyed) return;
  const text = JSON.stringify(content);
  res.writeHead(status, {
    'content-type': 'application/json',
    vary: 'trpc-accept, accept',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  res.end(text);
};

/**
 * Answers a plain call as tRPC's adapter would, in the same shapes, without making a fetch request, a fetch response,
 * a body stream and several abort signals of each. A test holds the two against each other.
 */
export const answerPlainCall = async (
  { path, type, input }: PlainCall,
  res: ServerResponse,
  hooks: CallHooks,
): Promise<void> => {
  let ctx: ApiContext | undefined;
  const gone = new AbortController();
  // Each abort makes an exception with a stack: not for answers that have gone out whole.
  res.once('close', () => {
    if (!res.writableFinished) gone.abort();
  });
  try {
    ctx = await hooks.createContext();
    const data: unknown = await callTRPCProcedure({
      router: appRouter,
      path,
      type,
      ctx,
      getRawInput: async () => input,
      signal: gone.signal,
      batchIndex: 0,
    });
    answer(res, 200, hooks.headers([]), { result: { data } });
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause);
    hooks.onError({ error, path, type });
    const config = appRouter._def._config;
    const shape = getTRPCErrorShape({ config, error, type, path, input, ctx });
    answer(res, getHTTPStatusCodeFromError(error), hooks.headers([error]), { error: shape });
  }
};
