import type { ApiErrorData } from '#server/api/error-shape.ts';
import type { TestWeb } from './web-fixture.ts';

export type ApiAnswer = {
  readonly status: number;
  readonly headers: Headers;
  /** The result's data; undefined when it is an error. */
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  readonly data: any;
  readonly error: ApiErrorData | undefined;
};

export type CallOptions = {
  readonly cookie?: string | undefined;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

const answer = async (response: Response): Promise<ApiAnswer> => {
  const body = await response.json();
  return {
    status: response.status,
    headers: response.headers,
    data: body.result?.data,
    error: body.error?.data,
  };
};

const headersFor = (options: CallOptions): Record<string, string> => ({
  ...(options.cookie ? { cookie: options.cookie } : {}),
  ...(options.token ? { 'x-waybill-token': options.token } : {}),
  ...options.headers,
});

/** Asks a query over HTTP. */
export const query = async (
  web: TestWeb,
  path: string,
  input: unknown,
  options: CallOptions = {},
): Promise<ApiAnswer> =>
  answer(
    await fetch(`${web.url}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`, {
      headers: headersFor(options),
    }),
  );

/** Sends a mutation over HTTP, as one of our own pages would. */
export const mutate = async (
  web: TestWeb,
  path: string,
  input: unknown,
  options: CallOptions = {},
): Promise<ApiAnswer> =>
  answer(
    await fetch(`${web.url}/api/trpc/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: web.origin, ...headersFor(options) },
      body: JSON.stringify(input),
    }),
  );
