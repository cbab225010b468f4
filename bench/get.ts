import { type Agent, request } from 'node:http';
import type { Answer } from './orders.ts';

/** `serverMs`: from the request's arrival in the web process to its answer, as that says itself. */
export type Got = Answer & { readonly serverMs: number };

const serverMsIn = (timing: unknown): number => Number(/total;dur=([\d.]+)/.exec(String(timing))?.[1] ?? Number.NaN);

/** Gets over one of the agent's connections. */
export const get = (agent: Agent, url: URL, headers: Readonly<Record<string, string>>): Promise<Got> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        body += text;
      });
      const serverMs = serverMsIn(response.headers['server-timing']);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, serverMs }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end();
  });

/** The cookies of a session. */
export const signIn = async (
  { origin }: { readonly origin: string },
  { email, password }: { email: string; password: string },
): Promise<string> => {
  const answer = await fetch(`${origin}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`Signing in: ${answer.status} ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
};
