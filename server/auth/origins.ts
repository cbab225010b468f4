import type { Env } from '#server/env.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]', '0.0.0.0']);

/**
 * The origins whose pages may change anything: that of PUBLIC_URL, and on a developer's machine its other names too.
 * Never taken from the Host header, which a rebound name would control.
 */
export const allowedOrigins = (env: Pick<Env, 'PUBLIC_URL'>): ReadonlySet<string> => {
  const home = new URL(env.PUBLIC_URL);
  if (!loopback.has(home.hostname)) return new Set([home.origin]);
  return new Set([...loopback].map((host) => new URL(`${home.protocol}//${host}:${home.port}`).origin));
};
