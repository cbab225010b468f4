import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createPageCaller } from './api/caller.ts';
import { forgetOldAttempts } from './auth/attempts.ts';
import { createAuth } from './auth/auth.ts';
import { allowedOrigins } from './auth/origins.ts';
import { createFindViewer } from './auth/viewer.ts';
import { type Env, EnvError, readEnv } from './env.ts';
import { createHealth } from './http/health.ts';
import { openPages } from './http/pages.ts';
import { shutDownOnSignals } from './http/shutdown.ts';
import { createWebServer } from './http/web-server.ts';
import { createLog } from './observability/log.ts';
import { createWebMetrics } from './observability/metrics.ts';
import { createWebRuntime } from './runtime/create-web-runtime.ts';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));
const sweepMs = 10 * 60_000;

const environment = (): Env => {
  try {
    return readEnv();
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
};

const start = async (): Promise<void> => {
  const env = environment();
  const log = createLog(env, 'web');
  const isDevelopment = env.NODE_ENV === 'development';
  const { runtime, close } = await createWebRuntime(env, log);
  const auth = createAuth(env, runtime.crud);
  const findViewer = createFindViewer(auth, runtime.sql);
  // Next's bundle has no instances of our modules: pages reach these through app/_server/caller.ts.
  globalThis.__waybill = runtime;
  globalThis.__waybillCaller = createPageCaller(runtime, findViewer);

  const server = createServer();
  const pages = await openPages({ env, server, folder: projectFolder, isDevelopment });
  const health = createHealth(env, runtime.recording);
  const web = createWebServer(
    {
      runtime,
      auth,
      findViewer,
      metrics: createWebMetrics(),
      health,
      origins: allowedOrigins(env),
      isHttps: env.PUBLIC_URL.startsWith('https:'),
      isDevelopment,
      pages: pages.handle,
    },
    server,
  );
  const sweep = setInterval(() => {
    forgetOldAttempts(runtime.crud).catch(() => log.warn('old sign-in attempts were not cleared'));
  }, sweepMs);
  sweep.unref();

  shutDownOnSignals(log, async () => {
    clearInterval(sweep);
    await web.close();
    await Promise.all([pages.close(), health.close()]);
    await close();
  });
  server.listen(env.PORT, env.HOST, () => {
    log.info({ host: env.HOST, port: env.PORT }, 'web is listening');
    // To the supervisor, where there is one.
    process.send?.('ready');
  });
  server.once('error', (error: NodeJS.ErrnoException) => {
    const words = error.code === 'EADDRINUSE' ? `Port ${env.PORT} of ${env.HOST} is in use.` : error.message;
    process.stderr.write(`${words}\n`);
    process.exit(1);
  });
};

await start();
