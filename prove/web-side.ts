import { createServer } from 'node:http';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { users } from '#db/schema/auth-users.ts';
import type { AccountRole } from '#server/api/access.ts';
import { createAuth } from '#server/auth/auth.ts';
import { allowedOrigins } from '#server/auth/origins.ts';
import { createFindViewer } from '#server/auth/viewer.ts';
import { createHealth } from '#server/http/health.ts';
import { createWebServer } from '#server/http/web-server.ts';
import { createWebMetrics } from '#server/observability/metrics.ts';
import { createWebRuntime } from '#server/runtime/create-web-runtime.ts';
import { createWorker } from '#server/runtime/create-worker.ts';
import type { WaybillRuntime } from '#server/runtime/runtime.ts';
import type { ScratchEnv } from '../scripts/scratch-database.ts';

/** A web process without its pages, in this very process. */
export type WebSide = {
  readonly url: string;
  readonly runtime: WaybillRuntime;
  /** The cookie header of a new account with this role. */
  readonly signIn: (role: AccountRole) => Promise<string>;
  readonly close: () => Promise<void>;
};

const log = pino({ level: process.env.PROVE_LOG_LEVEL ?? 'silent' });

export const startWebSide = async (scratch: ScratchEnv): Promise<WebSide> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const url = `http://127.0.0.1:${port}`;
  const env: ScratchEnv = { ...scratch, HOST: '127.0.0.1', PORT: port, PUBLIC_URL: url };
  const { runtime, close } = await createWebRuntime(env, log);
  const auth = createAuth(env, runtime.crud);
  const health = createHealth(env);
  const web = createWebServer(
    {
      runtime,
      auth,
      findViewer: createFindViewer(auth, runtime.sql),
      metrics: createWebMetrics(),
      health,
      origins: allowedOrigins(env),
      isHttps: false,
      isDevelopment: false,
      pages: null,
    },
    server,
  );
  const signIn: WebSide['signIn'] = async (role) => {
    const account = { name: role, email: `${role}@prove.example`, password: 'correct horse battery staple' };
    const response = await auth.handler(
      new Request(`${url}/api/auth/sign-up/email`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: url },
        body: JSON.stringify(account),
      }),
    );
    if (!response.ok) throw new Error(`Sign-up failed: ${await response.text()}`);
    const { user } = (await response.json()) as { user: { id: string } };
    await runtime.crud.update(users).set({ role }).where(eq(users.id, user.id));
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  };
  return {
    url,
    runtime,
    signIn,
    close: async () => {
      await web.close();
      await health.close();
      await close();
    },
  };
};

/** A worker in this very process. Stop it before its database. */
export const startWorkerSide = (env: ScratchEnv): { readonly stop: () => Promise<void> } => {
  const worker = createWorker(env, log);
  const stopping = new AbortController();
  const running = worker.run(stopping.signal);
  running.catch(() => undefined);
  return {
    stop: async () => {
      stopping.abort();
      await running;
      await worker.close();
    },
  };
};
