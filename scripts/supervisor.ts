import { randomUUID } from 'node:crypto';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { freePort, isPortFree } from '#db/embedded/ports.ts';
import { migrate } from '#db/migrate.ts';
import { type Env, readEnv } from '#server/env.ts';
import { buildWhenStale } from './build.ts';
import { type DataFolderLock, dataFolder, lockDataFolder, PlainError, projectFolder } from './data-folder.ts';
import { type OpenDatabase, openDatabase } from './database.ts';
import { endLeftBehind } from './leftovers.ts';
import { writePictures } from './pictures.ts';
import { wordsOf } from './run-script.ts';
import { loadSecrets, type Secrets, secretVariables } from './secrets.ts';
import { keepRunning, type Service } from './service.ts';

const startedAt = Date.now();
const isDev = process.argv.includes('--dev');
const purpose = isDev ? 'npm run dev' : 'npm start';
const graceMs = 20_000;
/** After a start, or a death, the processor has more urgent work than loading one more worker. */
const standbyAfterMs = 3_000;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const seconds = (sinceMs: number): string => `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;

// What was started, in order; stopped in reverse.
const stops: (() => Promise<void>)[] = [];
let shutdown: Promise<never> | undefined;

const stopEverything = async (exitCode: number): Promise<never> => {
  for (const stop of stops.reverse()) {
    await stop().catch((error: unknown) => process.stderr.write(`While stopping: ${error}\n`));
  }
  process.exit(exitCode);
};

const end = (exitCode: number): Promise<never> => {
  shutdown ??= stopEverything(exitCode);
  return shutdown;
};

/** The settings of the person, checked before anything is started; addresses of databases come later. */
const checkEnvironment = (folder: string, secrets: Record<string, string>): Env =>
  readEnv({
    ...process.env,
    ...secrets,
    NODE_ENV: isDev ? 'development' : 'production',
    WAYBILL_DATA_DIR: folder,
    APP_DATABASE_URL: process.env.APP_DATABASE_URL || 'postgres://not-known-yet/waybill',
  });

const choosePort = async (env: Env): Promise<number> => {
  if (await isPortFree(env.PORT, env.HOST)) return env.PORT;
  if (process.env.PORT) {
    throw new PlainError(`Port ${env.PORT} of ${env.HOST} is in use. Stop what uses it, or set PORT to another one.`);
  }
  for (let port = env.PORT + 1; port < env.PORT + 50; port += 1) {
    if (!(await isPortFree(port, env.HOST))) continue;
    say(`Port ${env.PORT} is in use: taking ${port}.`);
    return port;
  }
  return freePort();
};

const childEnvironment = (env: Env, secrets: Record<string, string>): NodeJS.ProcessEnv => {
  const { DATABASE_URL: _ownersOnly, ...inherited } = process.env;
  return {
    ...inherited,
    ...secrets,
    NODE_ENV: env.NODE_ENV,
    HOST: env.HOST,
    PORT: String(env.PORT),
    PUBLIC_URL: env.PUBLIC_URL,
    WAYBILL_DATA_DIR: env.WAYBILL_DATA_DIR,
    APP_DATABASE_URL: env.APP_DATABASE_URL,
    WORKER_DATABASE_URL: env.WORKER_DATABASE_URL,
    NEXT_TELEMETRY_DISABLED: '1',
    // A third off the time that a process needs to start, and so to come back (measured).
    NODE_COMPILE_CACHE: join(env.WAYBILL_DATA_DIR, 'compiled'),
  };
};

const seedWhenEmpty = async (env: Env): Promise<void> => {
  const file = join(projectFolder, 'db', 'seed', 'seed.ts');
  if (!existsSync(file)) return;
  const { seed } = (await import(pathToFileURL(file).href)) as { seed: (env: Env) => Promise<unknown> };
  await seed(env);
};

type DemoAccount = { readonly role: string; readonly email: string; readonly password: string };

const demoAccounts = async (): Promise<readonly DemoAccount[]> => {
  const file = join(projectFolder, 'db', 'seed', 'demo-accounts.ts');
  if (!existsSync(file)) return [];
  const module = (await import(pathToFileURL(file).href)) as { demoAccounts: readonly DemoAccount[] };
  return module.demoAccounts;
};

const waitForHealth = async (env: Env, web: Service): Promise<void> => {
  const host = env.HOST === '0.0.0.0' || env.HOST === '::' ? '127.0.0.1' : env.HOST;
  const health = `http://${host.includes(':') ? `[${host}]` : host}:${env.PORT}/api/health`;
  for (;;) {
    const answer = await fetch(health, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer?.ok) return;
    await delay(web.pids().length === 0 ? 500 : 50);
  }
};

// Development: server code has no build, so that a change means a restart. Pages are Next's own business.
const restartOnChange = (services: readonly Service[]): void => {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of ['server', 'domain', 'db']) {
    watch(join(projectFolder, folder), { recursive: true }, (_, name) => {
      if (!name || !/\.ts$/.test(name) || /\.(spec|it)\.ts$/.test(name)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        say(`${folder}/${name} changed: restarting`);
        for (const service of services) service.restart();
      }, 200);
    });
  }
};

const announce = async (env: Env, whereabouts: string): Promise<void> => {
  const accounts = await demoAccounts();
  const width = Math.max(0, ...accounts.map(({ email }) => email.length));
  say('');
  say(`  Waybill is ready: ${env.PUBLIC_URL}   (${seconds(startedAt)})`);
  for (const { role, email, password } of accounts) say(`    ${role.padEnd(10)} ${email.padEnd(width)}  ${password}`);
  say(`  Data: ${whereabouts}`);
  say('  Ctrl-C stops everything.');
  say('');
};

const startServices = (env: Env, secrets: Record<string, string>, lock: DataFolderLock, database: OpenDatabase) => {
  const environment = {
    ...childEnvironment(env, secrets),
    ...(database.folder === null ? {} : { WAYBILL_DATABASE_FOLDER: database.folder }),
    // A browser under test shares the processors too, and it is not whom the worker is to give way to.
    WAYBILL_GIVES_WAY: database.folder !== null && !env.isTestMode ? '1' : '0',
  };
  const services: Service[] = [];
  let published = Promise.resolve();
  const publish = (): void => {
    const write = () =>
      lock.publish({
        pid: process.pid,
        purpose,
        url: env.PUBLIC_URL,
        databaseUrls: database.urls,
        children: services.flatMap((service) => service.pids()),
      });
    published = published.then(write).catch((error: unknown) => say(`running.json could not be written: ${error}`));
  };
  const onGivingUp = (reason: string): void => {
    process.stderr.write(`${reason}\n`);
    void end(1);
  };
  stops.push(async () => {
    await Promise.all(services.map((service) => service.stop(graceMs)));
    await published;
  });
  const start = (
    name: 'web' | 'worker',
    script: string,
    extra: Readonly<Record<string, string>> = {},
    standby: { readonly standbyAfterMs?: number } = {},
  ): Service => {
    const service = keepRunning({
      name,
      script,
      env: { ...environment, ...extra },
      ...standby,
      // The first spawn happens before the list has the service, so that its pid is published right after.
      onSpawn: () => setImmediate(publish),
      onGivingUp,
    });
    services.push(service);
    return service;
  };
  const web = start('web', 'server/web.ts');
  // The next one starts when the last is dead, and so may have its name.
  const workerId = { WAYBILL_WORKER_ID: `supervised:${randomUUID()}` };
  // Code that changes all day would be old in one that stands by.
  start('worker', 'server/worker.ts', workerId, isDev ? {} : { standbyAfterMs });
  return { web, services };
};

const prepareDatabase = async (folder: string, secrets: Secrets): Promise<OpenDatabase> => {
  const database = await openDatabase(folder, secrets.passwords, process.env, say, {
    keepsRunning: true,
    fillsLog: true,
  });
  stops.push(database.stop);
  await migrate(database.urls.owner, { onApply: (name) => say(`Migrating: ${name}`) });
  return database;
};

const main = async (): Promise<void> => {
  const folder = dataFolder();
  const lock = await lockDataFolder(folder);
  stops.push(lock.release);
  await endLeftBehind(lock.leftBehind, say);
  const secrets = await loadSecrets(folder);
  const variables = secretVariables(secrets, process.env);
  const checked = checkEnvironment(folder, variables);
  const port = await choosePort(checked);
  const publicUrl = process.env.PUBLIC_URL || `http://${checked.HOST}:${port}`;
  await lock.publish({ pid: process.pid, purpose, url: publicUrl, children: [] });
  // Without this, a failed build would be an unhandled rejection while the database is still starting.
  const build = isDev ? writePictures() : buildWhenStale(say);
  build.catch(() => undefined);
  const database = await prepareDatabase(folder, secrets);
  const env = readEnv({
    ...process.env,
    ...variables,
    NODE_ENV: checked.NODE_ENV,
    WAYBILL_DATA_DIR: folder,
    PORT: String(port),
    PUBLIC_URL: publicUrl,
    DATABASE_URL: database.urls.owner,
    APP_DATABASE_URL: database.urls.app,
    WORKER_DATABASE_URL: database.urls.worker,
  });
  await seedWhenEmpty(env);
  await build;
  if (shutdown) return;
  const { web, services } = startServices(env, variables, lock, database);
  await waitForHealth(env, web);
  if (isDev) restartOnChange(services);
  await announce(env, database.whereabouts);
};

let lastSignalAt = 0;
const onSignal = (): void => {
  // A terminal's Ctrl-C arrives twice: from the terminal, and passed on by scripts/start.mjs.
  if (Date.now() - lastSignalAt < 500) return;
  lastSignalAt = Date.now();
  if (!shutdown) say('Stopping …');
  void end(0);
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
process.on('SIGHUP', onSignal);
// scripts/start.mjs was killed: nobody is left to stop us.
process.on('disconnect', onSignal);
process.channel?.unref();
// The terminal may be gone before we are; a broken pipe must not keep Postgres from being stopped.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

main().catch((error: unknown) => {
  if (shutdown) return;
  process.stderr.write(`${wordsOf(error)}\n`);
  void end(1);
});
